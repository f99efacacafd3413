"""The registers of day support of Małopolska: self-help houses and clubs, Senior+."""

import re
from functools import cached_property

import openpyxl
import pandas as pd

from tests.truth.recompute.registers.addresses import Addresses


class DaySupport(Addresses):
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
        return self._placed(rows)

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
        return self._placed(rows)
