"""The registers of care homes (DPS) that have several days: what each file states, without the doors of the homes."""

from functools import cached_property

import openpyxl
import pandas as pd

from tests.truth.recompute.registers.homes import Homes

_MALOPOLSKIE = {
    "2025-05-31": "dps_vacancies_2025-05-31.xlsx",
    "2025-10-31": "dps_vacancies_2025-10-31.xlsx",
    "2026-05-31": "dps_vacancies_2026-06-11.xlsx",
    "2026-06-30": "dps_vacancies_2026-07-15.xlsx",
}
_PODKARPACKIE = ("2025-08-31", "2026-05-31", "2026-06-30")


class History(Homes):
    """Care homes on each day of their register, one row a profile: `day`, `powiat_code`, `subtype` and the numbers."""

    @cached_property
    def history_malopolskie(self) -> pd.DataFrame:
        """Małopolska: four days; total rows are marked X."""
        rows = []
        for day, name in _MALOPOLSKIE.items():
            sheet = openpyxl.load_workbook(self.folder / "malopolskie" / name, data_only=True).worksheets[0]
            powiat = ""
            for cells in sheet.iter_rows(min_row=7, values_only=True):
                powiat = cells[1] or powiat
                if cells[2] == "X" or not isinstance(cells[4], int | float):
                    continue
                numbers = {"places": cells[4], "vacant": cells[8], "waiting": cells[13]}
                rows.append(
                    {
                        "day": day,
                        "powiat_code": self._powiat(powiat, "12"),
                        "subtype": str(cells[3]),
                        **{
                            key: number if isinstance(number, int | float) else None
                            for key, number in numbers.items()
                        },
                    }
                )
        return pd.DataFrame(rows).astype({"places": float, "vacant": float, "waiting": float})

    @cached_property
    def history_podkarpackie(self) -> pd.DataFrame:
        """Podkarpackie: three days, without the places of short stay; no file tells a queue."""
        days = []
        for day in _PODKARPACKIE:
            table = pd.read_csv(self.folder / f"podkarpackie/dps_{day}.csv", dtype=str, na_filter=False)
            days.append(table[table["profile"].str.startswith("dla ")].assign(day=day))
        rows = pd.concat(days, ignore_index=True)
        return pd.DataFrame(
            {
                "day": rows["day"],
                "powiat_code": "18",
                "subtype": rows["profile"],
                "places": rows["places"].astype(float),
                "vacant": rows["free_places"].astype(float),
                "waiting": float("nan"),
            }
        )
