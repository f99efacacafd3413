"""The registers of day support of Małopolska: self-help houses and clubs, Senior+."""

import re
from functools import cached_property

import numpy as np
import openpyxl
import pandas as pd

from tests.truth.recompute.registers.stations import Stations, own_street

_LOST_POWIATS = {
    "14": "1804",
    "20": "1807",
    "32": "1809",
    "39": "1812",
    "42": "1814",
    "44": "1814",
    "lp.": "1818",
}
"""Powiats of houses without a point, by their numbers in the list of Podkarpackie."""


class DaySupport(Stations):
    """Houses and clubs where people spend the day."""

    @cached_property
    def sds_malopolskie(self) -> pd.DataFrame:
        """Community self-help houses (ŚDS) and clubs of Małopolska; four sections under each other."""
        sheet = openpyxl.load_workbook(self.folder / "malopolskie/sds_2026.xlsx", data_only=True).worksheets[
            0
        ]
        rows, form, is_powiat = [], "DZI-SDS", False
        for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
            said = " ".join(str(cell) for cell in cells if cell)
            if "o zasięgu powiatowym" in said:
                is_powiat = True
            if said.startswith("Kluby Samopomocy"):
                form, is_powiat = "DZI-KSP", False
            if "Miejsca całodobowe" in said:
                # These places are already among those of the house.
                break
            if not re.fullmatch(r"\d+\.?", str(cells[0] or "").strip()) or not cells[6]:
                continue
            area = " ".join(str(cells[1]).split())
            letters = re.match("[A-D, .]*", str(cells[5] or ""))
            house = re.split(r"\bz\s+f[il]+i", str(cells[2]), maxsplit=1)[0]
            rows.append(
                {
                    "form": form, "source": "sds_2026.xlsx", "row": number, "text": " ".join(house.split()),
                    "facility": f"sds-{number}", "subtype": letters[0], "places": int(cells[6]),
                    "as_of": "2026-05-04", **self._unit(area, is_powiat=is_powiat),
                }
            )  # fmt: skip
        return self.at_doors(self._placed(rows))

    @cached_property
    def senior_malopolskie(self) -> pd.DataFrame:
        """Senior+ clubs and day homes of Małopolska."""
        sheet = openpyxl.load_workbook(
            self.folder / "malopolskie/senior_plus_2026-06-02.xlsx", data_only=True
        ).worksheets[0]
        forms = {"Klub Senior+": "DZI-KLS", "Dzienny Dom Senior+": "DZI-DDS"}
        rows = []
        for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
            form = forms.get(" ".join(str(cells[1] or "").split()))
            if form is None:
                continue
            town, street = " ".join(str(cells[7] or "").split()), " ".join(str(cells[5] or "").split())
            rows.append(
                {
                    "form": form, "source": "senior_plus_2026-06-02.xlsx", "row": number,
                    "text": f"{street.split(', filia')[0]}, {str(cells[6]).strip()} {town}",
                    "facility": f"senior-{number}", "subtype": "", "places": int(cells[2]),
                    "as_of": "2026-06-02", **self._unit(str(cells[3]), is_powiat=str(cells[3]).startswith("Powiat")),
                }
            )  # fmt: skip
        return self.at_doors(self._placed(rows))

    @cached_property
    def sds_podkarpackie(self) -> pd.DataFrame:
        """Self-help houses and a club of Podkarpackie; not complete, without places and types."""
        table = pd.read_csv(self.folder / "podkarpackie/sds_2024-10.csv", dtype=str, na_filter=False)
        rows = []
        for number, cells in enumerate(table.itertuples(index=False), start=2):
            text = " ".join(
                re.sub(
                    r" \| (?:nazwa jednostki|z [Ff]ili|Filia|oraz drugi).*|, +gm\..*| Lipsko(?= \|)",
                    "",
                    cells.name_address,
                ).split()
            )
            # The city in whose middle the heading of a powiat is lost is that of the point, where there is one.
            powiat = cells.powiat_teryt or _LOST_POWIATS.get(cells.nr, "18")
            rows.append(
                {
                    "form": "DZI-KSP" if text.startswith("Klub") else "DZI-SDS",
                    "source": "sds_2024-10.csv", "row": number,
                    "text": text.replace("n/Sanem", "nad Sanem").replace(" | nad", " nad").replace(" | ", ", "),
                    "facility": f"podkarpackie-sds-{number}", "subtype": "", "places": np.nan, "as_of": "2024-10-14",
                    "powiat_code": powiat, "door_lon": float(cells.lon or "nan"), "door_lat": float(cells.lat or "nan"),
                    **own_street(cells.geo_grade),
                }
            )  # fmt: skip
        return self.with_doors(rows)
