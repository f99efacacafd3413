"""Where the address of a register is: its powiat, its gmina, its locality."""

import re
import unicodedata

import pandas as pd

from tests.truth.recompute.country import Country, folded
from tests.truth.recompute.registers.doors import Doors, parts_of

_VILLAGES = {
    "w Konarach": "Konary",
    "w Prusach": "Prusy",
    "w Zaskalu": "Zaskale",
    "w Cerekwi": "Cerekiew",
    "w Radwanowicach": "Radwanowice",
    "ŚDS Konary": "Konary",
    "w Wirowie": "Wirów", "w Niegowie": "Niegów", "w Gaju": "Gaj", "w Robercinie": "Robercin",
    "w Kostowcu": "Kostowiec", "w Kątach": "Kąty", "„Rudzienko”": "Rudzienko", "w Sośnicy": "Sośnica",
    "w Brwilnie": "Brwilno", "w Nowym Mieście n/Pilicą": "Nowe Miasto nad Pilicą", "Ptaszki 6a/b": "Ptaszki",
    "Tartak ul.": "Tartak Brzózki",
}  # fmt: skip
"""Where only the name of a house in the locative tells the village: its postal line names the post office."""
_LOCATIVES = {
    "Parchaniu": "Parchanie", "Warzynie": "Warzyn",
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
_OF_NAMESAKES = {
    ("0408",): ("Nowa Wieś", "040809"),
    ("1419",): ("Brwilno", "141913"),
    ("14",): ("Kąty", "141801"),
    ("1813",): ("Prałkowce", "181304"),
}
"""Which of two villages of the name in a powiat: that in whose home elections were held, or that has the street."""
_COLUMNS = [
    "form", "source", "row", "facility", "text", "subtype", "powiat_code", "gmina_code", "lon", "lat",
    "places", "vacant", "waiting", "as_of", "is_evidence", "is_gmina_point", "locality_m",
]  # fmt: skip
_HALF_NAMED = {folded("Rzeżewo Małe")}
"""Its register says Rzeżewo, and Rzeżewo-Morzyce is another: how far off it may be nobody knows."""


class Addresses:
    """One row a service at a facility; `facility` tells which rows are one place."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.folder = country.mirror / "registers"
        self.doors = Doors(country)

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
            if found is None and not gmina:
                gmina = self._gmina_of_post(row["text"], row["powiat_code"])
                row["gmina_code"] = gmina
            if gmina and found is None:
                inside = self.country.gminas.loc[gmina, "geometry"].representative_point()
                row |= {"lon": inside.x, "lat": inside.y, "is_gmina_point": True}
            elif found is not None:
                row |= {"gmina_code": found["gmina_code"], "powiat_code": found["gmina_code"][:4]}
                row |= {"lon": found["lon"], "lat": found["lat"]}
                if found["key"] not in _HALF_NAMED:
                    row["locality_m"] = self.country.locality_m(found["gmina_code"], found["key"])
        return pd.DataFrame(rows, columns=_COLUMNS)

    def at_address(self, text: str, gmina: str) -> tuple[float, float, str, float] | None:
        """Return where the address in a text stands in a gmina: longitude, latitude, grade, radius."""
        street, number = parts_of(text)
        if not street and not number:
            return None
        town = folded(self.country.councils.loc[gmina, "name"])
        if gmina[2:4] < "61":
            found = self.place(text, within=(gmina,))
            if found is None:
                return None
            town = found["key"]
        if not street.startswith("="):
            return self.doors.find(gmina, town, street, number)
        # Without "ul.": a street, or else the village itself in whatever case.
        is_village = folded(street).endswith(town)
        of_street = None if is_village else self.doors.find(gmina, town, street[1:], number)
        return of_street or self.doors.find(gmina, town, "", number)

    def _gmina_of_post(self, text: str, powiat: str) -> str | None:
        """Return the gmina of a powiat that is called like the post office, where no gazetteer has the village."""
        post = re.search(r"\d\d-\d{3} ([^\d,]+)", text)
        names = self.country.gminas["name"]
        here = [
            code
            for code, name in names[names.index.str.startswith(powiat)].items()
            if post and folded(name) == folded(post[1])
        ]
        return str(here[0]) if len(here) == 1 else None

    def place(self, text: str, *, within: tuple[str, ...]) -> pd.Series | None:
        """
        Return the locality that an address names, in a powiat or gminas; None where none can be read.

        Of villages of one name in several gminas that of the post office is meant, and none where that tells nothing.
        """
        here = self.country.names
        here = here[here["gmina_code"].str.startswith(within)]
        if len(within[0]) == 4 and within[0][2:] >= "61":
            return here[here["kind"] == "miasto"].iloc[0]
        for name in self._named(text):
            found = here[here["key"] == folded(name)]
            if _OF_NAMESAKES.get(within, ("",))[0] == name:
                found = found[found["gmina_code"] == _OF_NAMESAKES[within][1]]
            if (found["kind"] == "miasto").any():
                found = found[found["kind"] == "miasto"]
            if len(set(found["gmina_code"])) > 1:
                found = found[found["gmina_code"] == self._gmina_of_post(text, within[0][:4])]
                return found.iloc[0] if len(found) else None
            if len(found):
                return found.iloc[0]
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
