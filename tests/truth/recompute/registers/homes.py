"""The registers of care homes (DPS) of five voivodeships."""

import re
from functools import cached_property

import numpy as np
import openpyxl
import pandas as pd

from tests.truth.recompute.country import folded
from tests.truth.recompute.registers.stations import Stations, own_street

_ROMAN_JUNE = "VI"
_OTHER_PLACES = "26-420 Nowe Miasto|Anielin 1"
"""Addresses whose door in the file is that of a namesake, or of the next town."""
PROFILE = "podeszłym wieku|somatycznie|psychicznie|intelektualnie|fizycznie|uzależnion"


def groups_of_profile(subtype: str) -> set[str]:
    """Return the groups that a profile of a care home is for; its places count for them."""
    text = subtype.lower()
    found = set()
    if "podeszłym wieku" in text or "przewlekle somatycznie" in text:
        found.add("older")
    if "niepełnosprawnych intelektualnie" in text or "niepełnosprawnych fizycznie" in text:
        found.add("disabled")
    return found


class Homes(Stations):
    """Care homes, one row a profile."""

    @cached_property
    def dps_malopolskie(self) -> pd.DataFrame:
        """Care homes of Małopolska: one row a profile; total rows are marked X."""
        sheet = openpyxl.load_workbook(
            self.folder / "malopolskie/dps_vacancies_2026-07-15.xlsx", data_only=True
        ).worksheets[0]
        rows, powiat, home = [], "", ""
        for number, cells in enumerate(sheet.iter_rows(min_row=7, values_only=True), start=7):
            powiat, home = cells[1] or powiat, cells[2] or home
            if cells[2] == "X" or not isinstance(cells[4], int | float):
                continue
            text = " ".join(str(home).split())
            rows.append(
                {
                    "form": "CAL-DPS", "source": "dps_vacancies_2026-07-15.xlsx", "row": number, "text": text,
                    "facility": folded(_address(text)), "subtype": cells[3], "places": int(cells[4]),
                    "powiat_code": self._powiat(powiat, "12"), "vacant": _whole(cells[8]),
                    "waiting": _whole(cells[13]), "as_of": "2026-06-30",
                }
            )  # fmt: skip
        return self.at_doors(self._placed(rows))

    @property
    def homes(self) -> pd.DataFrame:
        """All care homes of the complete registers, of every profile."""
        return pd.concat(
            [self.dps_malopolskie, self.dps_kujawsko_pomorskie, self.dps_mazowieckie, self.dps_podkarpackie]
        )

    @cached_property
    def dps_malopolskie_totals(self) -> pd.DataFrame:
        """The publisher's own sums by powiat: the rows marked X; the check of the reader."""
        sheet = openpyxl.load_workbook(
            self.folder / "malopolskie/dps_vacancies_2026-07-15.xlsx", data_only=True
        ).worksheets[0]
        rows, powiat = [], ""
        for cells in sheet.iter_rows(min_row=7, values_only=True):
            powiat = cells[1] or powiat
            if cells[2] == "X":
                rows.append((self._powiat(powiat, "12"), cells[4], cells[8], cells[13]))
        return (
            pd.DataFrame(rows, columns=["powiat_code", "places", "vacant", "waiting"])
            .groupby("powiat_code")
            .sum()
        )

    @cached_property
    def dps_kujawsko_pomorskie(self) -> pd.DataFrame:
        """Care homes of Kujawsko-Pomorskie: a section a profile, a column a month."""
        sheet = self._kujawsko_pomorskie("dps_vacancies_2026-07-05.xls")
        waiting, vacant = (_month(sheet, start) for start in (16, 28))
        rows, subtype = [], ""
        for number, cells in sheet.iloc[3:].iterrows():
            if str(cells[0]).upper().startswith("DLA"):
                subtype = " ".join(str(cells[0]).lower().split())
            if str(cells[1]).strip() in {"", "RAZEM"} or not isinstance(cells[3], int | float):
                continue
            text = " ".join(str(cells[2]).split())
            rows.append(
                {
                    "form": "CAL-DPS", "source": "dps_vacancies_2026-07-05.xls", "row": number + 1, "text": text,
                    "facility": folded(re.sub(r"\(\d\d\).*", "", text)), "subtype": subtype,
                    "places": int(cells[3]), "powiat_code": self._powiat(cells[1], "04"),
                    "vacant": _whole(cells[vacant]), "waiting": _whole(cells[waiting]), "as_of": "2026-06-30",
                }
            )  # fmt: skip
        return self.at_doors(self._placed(rows))

    def _kujawsko_pomorskie(self, name: str) -> pd.DataFrame:
        return pd.read_excel(
            self.folder / f"kujawsko-pomorskie/{name}", header=None, engine="calamine"
        ).fillna("")

    @cached_property
    def history_kujawsko_pomorskie(self) -> pd.DataFrame:
        """Every month of both files by home and profile; places only on the day of each file."""
        rows = []
        for name, year, months in (("2025", 2025, 11), ("2026-07-05", 2026, 6)):
            subtype = ""
            for cells in (
                self._kujawsko_pomorskie(f"dps_vacancies_{name}.xls").iloc[3:].itertuples(index=False)
            ):
                if str(cells[0]).upper().startswith("DLA"):
                    subtype = " ".join(str(cells[0]).lower().split())
                if str(cells[1]).strip() in {"", "RAZEM"} or not isinstance(cells[3], int | float):
                    continue
                for month in range(1, months + 1):
                    day = pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd()
                    rows.append(
                        {
                            "day": f"{day:%Y-%m-%d}", "subtype": subtype,
                            "places": int(cells[3]) if month == months else None,
                            "waiting": _whole(cells[15 + month]), "vacant": _whole(cells[27 + month]),
                        }
                    )  # fmt: skip
        return pd.DataFrame(rows).astype({"places": float, "waiting": float, "vacant": float})

    @cached_property
    def dps_mazowieckie(self) -> pd.DataFrame:
        """Care homes of Mazowieckie: the register, and the door of each from the file that was made of it."""
        names = pd.read_csv(
            self.folder / "mazowieckie/dps_2024-05-10.csv", dtype=str, skipinitialspace=True, na_filter=False
        )
        doors = pd.read_csv(
            self.folder / "mazowieckie/dps_2024-05-10_geocoded.csv", dtype=str, na_filter=False
        )
        rows = []
        for cells, found in zip(names.itertuples(index=False), doors.itertuples(index=False), strict=True):
            text = " ".join(f"{cells[1]} {cells[2]}".split())
            powiat = re.search(r"Powiat (\w+(?: Zachodni)?)", f"{cells[9]} | {cells[8]}")
            is_door = found.geo_grade == "door" and not re.search(_OTHER_PLACES, found.address)
            rows.append(
                {
                    "form": "CAL-DPS", "source": "dps_2024-05-10.csv", "row": int(cells[0]) + 1, "text": text,
                    "facility": f"mazowieckie-{cells[10]}", "subtype": cells[4], "places": int(cells[5]),
                    "powiat_code": self._powiat(powiat[1], "14") if powiat else "14", "as_of": "2024-05-10",
                    "door_lon": float(found.lon) if is_door else np.nan,
                    "door_lat": float(found.lat) if is_door else np.nan,
                }
            )  # fmt: skip
        return self.with_doors(rows)

    @cached_property
    def dps_podkarpackie(self) -> pd.DataFrame:
        """Care homes of Podkarpackie, without the places of short stay; a row a profile, with its door."""
        table = pd.read_csv(self.folder / "podkarpackie/dps_2026-06-30.csv", dtype=str, na_filter=False)
        rows = [
            {
                "form": "CAL-DPS", "source": "dps_2026-06-30.csv", "row": number,
                "text": re.sub(r" \| (?:[/(]|Dom ).*$", "", cells.name_address).replace(" | ", ", "),
                "facility": f"podkarpackie-{cells.unit_kind}-{cells.lp}", "subtype": cells.profile,
                "places": int(cells.places), "vacant": float(cells.free_places), "as_of": "2026-06-30",
                "powiat_code": self._powiat(cells.unit.replace("gmina - miasto ", "").replace(" - ", "-"), "18")
                if cells.unit_kind == "powiat" else "18",
                "door_lon": float(cells.lon or "nan"), "door_lat": float(cells.lat or "nan"),
                **own_street(cells.geo_grade, cells.geo_radius_km),
            }
            for number, cells in enumerate(table.itertuples(index=False), start=2)
            if cells.profile.startswith("dla ")
        ]  # fmt: skip
        return self.with_doors(rows)

    @cached_property
    def dps_lodzkie(self) -> pd.DataFrame:
        """Care homes of Łódzkie: names, addresses and free places; neither places nor profiles, and not complete."""
        path = self.folder / "lodzkie/dps_vacancies_2026-07-12.xls"
        sheet = pd.read_excel(path, header=None, engine="calamine").fillna("")
        rows = [
            {
                "form": "CAL-DPS", "source": path.name, "row": number + 1, "facility": f"lodzkie-{number}",
                "text": " ".join(str(cells[2]).split()), "powiat_code": self._powiat(cells[1], "10"),
                "vacant": _whole(cells[3]), "as_of": "2025-03-31",
            }
            for number, cells in sheet.iterrows()
            if isinstance(cells[0], int | float) and cells[2]
        ]  # fmt: skip
        return self.at_doors(self._placed(rows)).astype({"places": float})

    def may_be_for(self, text: str, group: str) -> bool:
        """Whether a home whose name is all that is known counts for a group: for each, where no profile is named."""
        return not re.search(PROFILE, text.lower()) or group in groups_of_profile(text)


def _address(text: str) -> str:
    """Return what tells one home from another: the words from its kind on, without the owner before it."""
    return re.sub(r"^(?:Miasto i Gmina|Gmina|Miasto) .+? (?=Dom )", "", text)


def _whole(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else np.nan


def _month(sheet: pd.DataFrame, start: int) -> int:
    """Return the column of June in one of the three blocks of twelve months."""
    heads = next(cells for _, cells in sheet.iterrows() if str(cells[start]).strip() == "I")
    return next(column for column in range(start, start + 12) if str(heads[column]).strip() == _ROMAN_JUNE)
