"""The registers of facilities, read cell by cell from the sheets of their publishers."""

import re
import unicodedata
from functools import cached_property

import numpy as np
import openpyxl
import pandas as pd

from tests.truth.recompute.country import Country, folded

COMPLETE = {
    "CAL-DPS": ("12", "04"),
    "DZI-SDS": ("12",),
    "DZI-KSP": ("12",),
    "DZI-KLS": ("12",),
    "DZI-DDS": ("12",),
    "INS-OPS": ("24",),
}
"""Voivodeships whose register of a form lists all, as its publisher says."""
BRANCHES = ("120503", "120902", "121112", "121801")
"""Gminas where a house of another gmina has a branch (ŚDS): nothing of their own is no zero."""
_ROMAN_JUNE = "VI"
_VILLAGES = {
    "w Konarach": "Konary",
    "w Prusach": "Prusy",
    "w Zaskalu": "Zaskale",
    "w Cerekwi": "Cerekiew",
    "w Radwanowicach": "Radwanowice",
    "ŚDS Konary": "Konary",
}
"""Where only the name of a house in the locative tells the village: its postal line names the post office."""
_LOCATIVES = {
    "Brodnicy": "Brodnica", "Nakle nad Notecią": "Nakło nad Notecią", "Piotrkowie Kujawskim": "Piotrków Kujawski",
    "Ugoszczu": "Ugoszcz", "Kamieniu Krajeńskim": "Kamień Krajeński", "Świeciu": "Świecie", "Browinie": "Browina",
    "Wysokiej": "Wysoka", "Kowalu": "Kowal", "Bożenkowie": "Bożenkowo", "Koronowie": "Koronowo",
    "Mgoszczu": "Mgoszcz", "Golubiu-Dobrzyniu": "Golub-Dobrzyń", "Tarnówku": "Tarnówko", "Ludzisku": "Ludzisko",
    "Nowej Wsi": "Nowa Wieś", "Wilkowiczkach": "Wilkowiczki", "Izbicy Kujawskiej": "Izbica Kujawska",
    "Inowrocławiu": "Inowrocław", "Pruszczu": "Pruszcz", "Dobrzejewicach": "Dobrzejewice",
    "Wielkiej Nieszawce": "Wielka Nieszawka", "Rzeżewie": "Rzeżewo Małe", "Podobowicach": "Podobowice",
    "Chełmnie": "Chełmno", "Grabiu": "Grabie",
}  # fmt: skip
"""Where homes for older and for disabled people of Kujawsko-Pomorskie stand: the sheet has no other address. Of Rzeżewo
there are two villages, two kilometres apart, and nothing tells which it is."""
_PROFILE = "podeszłym wieku|somatycznie|psychicznie|intelektualnie|fizycznie|uzależnion"
_COLUMNS = [
    "form", "source", "row", "facility", "text", "subtype", "powiat_code", "gmina_code", "lon", "lat",
    "places", "vacant", "waiting", "as_of", "is_evidence", "is_gmina_point",
]  # fmt: skip


def groups_of_profile(subtype: str) -> set[str]:
    """Return the groups that a profile of a care home is for; its places count for them."""
    text = subtype.lower()
    found = set()
    if "podeszłym wieku" in text or "przewlekle somatycznie" in text:
        found.add("older")
    if "niepełnosprawnych intelektualnie" in text or "niepełnosprawnych fizycznie" in text:
        found.add("disabled")
    return found


class Registers:
    """One row a service at a facility; `facility` tells which rows are one place."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.folder = country.mirror / "registers"

    def services(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows of the complete registers of a form that count for a group."""
        rows = {
            "CAL-DPS": lambda: self.homes,
            "DZI-SDS": lambda: self.sds_malopolskie,
            "DZI-KSP": lambda: self.sds_malopolskie,
            "DZI-KLS": lambda: self.senior_malopolskie,
            "DZI-DDS": lambda: self.senior_malopolskie,
        }[form]()
        rows = rows[rows["form"] == form]
        if form == "DZI-SDS" and group == "disabled":
            # Types A and C are for people with mental disorders, B and D for people with disabilities.
            return rows[rows["subtype"].str.contains("[BD]")]
        if form != "CAL-DPS":
            return rows
        return rows[[group in groups_of_profile(subtype) for subtype in rows["subtype"]]]

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
        return self._placed(rows)

    @property
    def homes(self) -> pd.DataFrame:
        """All care homes of the complete registers, of every profile."""
        return pd.concat([self.dps_malopolskie, self.dps_kujawsko_pomorskie])

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
        path = self.folder / "kujawsko-pomorskie/dps_vacancies_2026-07-05.xls"
        sheet = pd.read_excel(path, header=None, engine="calamine").fillna("")
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
        return self._placed(rows)

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
        return self._placed(rows).astype({"places": float})

    def may_be_for(self, text: str, group: str) -> bool:
        """Whether a home whose name is all that is known counts for a group: for each, where no profile is named."""
        return not re.search(_PROFILE, text.lower()) or group in groups_of_profile(text)

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

    @cached_property
    def compiled(self) -> pd.DataFrame:
        """The three lists compiled for this project; polling stations are evidence and no list."""
        parts = [
            pd.read_csv(self.folder / f"compiled/{name}.csv", dtype=str, keep_default_na=False).assign(
                file=name
            )
            for name in ("homelessness", "disability", "other")
        ]
        rows = pd.concat(parts, ignore_index=True)
        rows = rows[~rows["source_id"].str.match(r"(?:rjps-malopolska-2026|ops-slaskie)#")]
        return pd.DataFrame(
            {
                "form": rows["facility_kind"],
                "source": rows["file"] + ".csv",
                "row": rows["source_id"],
                "facility": rows["source_id"],
                "text": rows["name"],
                "gmina_code": rows["teryt_gmina"].str[:6],
                "powiat_code": rows["teryt_gmina"].str[:4],
                "lon": pd.to_numeric(rows["lon"], errors="coerce"),
                "lat": pd.to_numeric(rows["lat"], errors="coerce"),
                "places": pd.to_numeric(rows["capacity_places"], errors="coerce"),
                "status": rows["status"],
                "as_of": rows["as_of_date"],
                "is_evidence": rows["source_id"].str.startswith("pkw"),
            }
        )

    @cached_property
    def cus_states(self) -> pd.Series:
        """What the list of CUS says by gmina: `cus` (working) or `preparing` (planned)."""
        rows = pd.read_csv(self.folder / "compiled/cus_gminas.csv", dtype=str, keep_default_na=False)
        states = np.where(rows["status"].str.startswith("działa"), "cus", "preparing")
        return pd.Series(states, index=rows["teryt_gmina"].str[:6]).sort_values().groupby(level=0).first()

    @cached_property
    def ops_gminas(self) -> set[str]:
        """Gminas of Małopolska whose social assistance centre is listed; the office says which of two namesakes."""
        path = self.folder / "malopolskie/ops_2026.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        found = set()
        for row in rows[rows["typ"].isin(["OPS", "MOPR"])].itertuples():
            is_round = row.nazwa.startswith("Gminn") or "Gminy" in row.nazwa or row.gmina.startswith("Gmina ")
            name = folded(re.sub(r"^Gmina |^(Kraków)-.*", r"\1", row.gmina))
            names = self.country.gminas["name"]
            near = [code for code, own in names.items() if code.startswith("12") and folded(own) == name]
            inside = [code for code in near if code.startswith(self._powiat(row.powiat, "12"))]
            if is_round and inside and (len(inside) > 1 or inside[0][2:4] >= "61"):
                # The list sets the office of the gmina round a city under the city.
                inside = [max(code for code in near if code[2:4] < "61")]
            if inside:
                found.add(min(inside))
        return found

    @cached_property
    def plan_gminas(self) -> dict[str, str]:
        """Local plans of deinstitutionalisation by code of the gmina or powiat: what the list says of them."""
        rows = pd.read_csv(self.folder / "compiled/lpdi_status.csv", dtype=str)
        return dict(zip(rows["teryt"], rows["status"], strict=True))

    def _powiat(self, said: str, voivodeship: str) -> str:
        """Return the code of a powiat as the registers say it: in any case, cities with `m.` or without."""
        name = folded(re.sub(r"^(?:m\. ?|[Pp]owiat |Miasto? )", "", " ".join(str(said).split())))
        names = self.country.powiats["name"]
        of_voivodeship = names[names.index.str.startswith(voivodeship)]
        (code,) = [
            code for code, own in of_voivodeship.items() if folded(own.removeprefix("powiat ")) == name
        ]
        return code

    def _unit(self, said: str, *, is_powiat: bool) -> dict:
        """Return the codes of the gmina or powiat of Małopolska that a cell names."""
        said = " ".join(said.split())
        bracket = re.search(r"\(powiat ([^)]+)\)", said)
        name = re.sub(r" ?\(.*\)|^(?:Miasto i Gmina|Gmina|Miasto|Powiat) ", "", said).strip()
        if is_powiat or (name in {"Kraków", "Nowy Sącz", "Tarnów"} and not said.startswith("Gmina")):
            return {"powiat_code": self._powiat(name, "12")}
        powiat = self._powiat(bracket[1], "12") if bracket else "12"
        gminas = self.country.gminas
        here = [
            code
            for code, own in gminas["name"].items()
            if code.startswith(powiat) and folded(own) == folded(name)
        ]
        if len(here) > 1 and said.startswith("Gmina"):
            # A town and the gmina round it share a name: the town has the lower code, or rights of a powiat.
            here = [max(code for code in here if code[2:4] < "61")]
        if not here:
            raise AssertionError(f"no gmina of Małopolska is called {said!r}")
        # Where the cell does not say which of the two, the address tells.
        return {"gmina_code": min(here), "powiat_code": min(here)[:4], "within": tuple(here)}

    def _placed(self, rows: list[dict]) -> pd.DataFrame:
        """Add the locality that the address names: its gmina and its point."""
        for row in rows:
            gmina = row.get("gmina_code")
            found = self.place(row["text"], within=row.get("within") or (row["powiat_code"],))
            if found is None and gmina:
                # A house of a gmina may stand in a neighbouring one; not in the town that the gmina is called after.
                found = self.place(row["text"], within=(gmina[:4],))
                is_namesake = found is not None and found["key"] == folded(
                    self.country.gminas.loc[gmina, "name"]
                )
                found = None if is_namesake else found
            if gmina and found is None:
                inside = self.country.gminas.loc[gmina, "geometry"].representative_point()
                row |= {"lon": inside.x, "lat": inside.y, "is_gmina_point": True}
            elif found is not None:
                row |= {"gmina_code": found["gmina_code"], "powiat_code": found["gmina_code"][:4]}
                row |= {"lon": found["lon"], "lat": found["lat"]}
        return pd.DataFrame(rows, columns=_COLUMNS)

    def place(self, text: str, *, within: tuple[str, ...]) -> pd.Series | None:
        """Return the locality that an address names, in a powiat or gminas; None where none can be read."""
        here = self.country.localities
        here = here[here["gmina_code"].str.startswith(within)]
        if len(within[0]) == 4 and within[0][2:] >= "61":
            return here[here["kind"] == "miasto"].iloc[0]
        for name in self._named(text):
            found = here[here["key"] == folded(name)]
            if len(found):
                is_town = found["kind"] == "miasto"
                return found[is_town].iloc[0] if is_town.any() else found.iloc[0]
        return None

    @staticmethod
    def _named(text: str) -> list[str]:
        """Return the names of localities in an address, the likeliest first."""
        text = unicodedata.normalize("NFC", " ".join(text.split()))
        text = re.sub(r" - (?=Zdrój)", "-", text).replace("Tomaszów Maz.", "Tomaszów Mazowiecki")
        names = [name for words, name in _VILLAGES.items() if words in text]
        names += [name for words, name in _LOCATIVES.items() if f" w {words}" in text]
        postal = re.search(r"\d\d ?- ?\d{3} ([^\d,]+?)(?: \d+\w*)?\s*,?$", text)
        before = text[: postal.start()] if postal else text
        door = re.search(r"([^,.\d\"]+?) \d+ ?\w?(?:/\d+)?,?\s*$", before)
        has_street = re.search(r"(?:ul|al|os|pl)\. ?[^,]*$|\b[Rr]ynek[^,]*$", before.rstrip(", "))
        if door and not has_street:
            words = door[1].split()
            names += [" ".join(words[start:]) for start in range(len(words))]
        # "Chechło, 32-310 Klucze" and "ŚDS Wola Filipowska ul. …": what stands before the post office is nearer.
        lines = re.split(r",|ul\.|os\.", before)
        names += [
            " ".join(line.split()[start:]) for line in lines[::-1] for start in range(len(line.split()))
        ]
        if postal:
            names.append(postal[1].strip())
        return names


def _address(text: str) -> str:
    """Return what tells one home from another: the words from its kind on, without the owner before it."""
    return re.sub(r"^(?:Miasto i Gmina|Gmina|Miasto) .+? (?=Dom )", "", text)


def _whole(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else np.nan


def _month(sheet: pd.DataFrame, start: int) -> int:
    """Return the column of June in one of the three blocks of twelve months."""
    heads = next(cells for _, cells in sheet.iterrows() if str(cells[start]).strip() == "I")
    return next(column for column in range(start, start + 12) if str(heads[column]).strip() == _ROMAN_JUNE)
