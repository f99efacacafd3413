"""The lists compiled for this project: facilities, centres (CUS), local plans; and the offices of Małopolska."""

import re
from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.country import folded
from tests.truth.recompute.registers.stations import Stations, door, own_street

_IN_CITIES = {("ostrołęcki", "Ostrołęka"): "1461", ("bielski", "Bielsko-Biała"): "2461"}
"""Two workshops whose list names the powiat round a city, and their address the city."""
_TOWNS = {
    "Gościeradów": "Gościeradów-Folwark",
    "Kisielany": "Kisielany-Żmichy",
    "Górowo Iławieckie": "Górowo Iławeckie",
    "Jaromin": "Trzebiatów",
    "Łapino Dolne": "Kolbudy",
}
"""Villages that the list calls otherwise than the gazetteers, and two that they have not: their post offices."""

_POST_OFFICES = {"Jaromin", "Łapino Dolne"}
"""Those two."""


class Lists(Stations):
    """Lists that say what stands where, but are not complete."""

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
        # Rows whose village two gminas have name no gmina; that of a voivodeship is told by the other rows.
        of_name = rows[rows["teryt_gmina"] != ""].groupby("voivodeship")["teryt_gmina"]
        voivodeships = of_name.agg(lambda codes: codes.str[:2].mode()[0])
        powiats = [
            code[:4] or (self._powiat(said, voivodeships[voivodeship]) if said else "")
            for code, said, voivodeship in zip(
                rows["teryt_gmina"], rows["powiat_name"], rows["voivodeship"], strict=True
            )
        ]
        for row, powiat in zip(rows.index, powiats, strict=True):
            if rows.loc[row, "teryt_gmina"] == "":
                places = self._places(rows.loc[row, "locality"], powiat)
                if len(set(places["gmina_code"])) == 1:
                    of_place = places.iloc[0][["gmina_code", "lon", "lat"]].astype(str)
                    rows.loc[row, ["teryt_gmina", "lon", "lat"]] = of_place.to_list()
        return pd.DataFrame(
            {
                "form": rows["facility_kind"],
                "source": rows["file"] + ".csv",
                "row": rows["source_id"],
                "facility": rows["source_id"],
                "text": rows["name"],
                "gmina_code": rows["teryt_gmina"].str[:6],
                "powiat_code": powiats,
                "voivodeship_code": rows["voivodeship"].map(voivodeships),
                "lon": pd.to_numeric(rows["lon"], errors="coerce"),
                "lat": pd.to_numeric(rows["lat"], errors="coerce"),
                "places": pd.to_numeric(rows["capacity_places"], errors="coerce"),
                "locality_m": [
                    self.country.locality_m(code[:6], name)
                    for code, name in zip(rows["teryt_gmina"], rows["locality"], strict=True)
                ],
                "address": rows["street_address"]
                + ", "
                + rows["postal_code"].replace("", "00-000")
                + " "
                + rows["locality"],
                "status": rows["status"],
                "as_of": rows["as_of_date"],
                "is_evidence": rows["source_id"].str.startswith("pkw"),
                # A village without streets has its number alone.
                "door": [
                    door(street if re.search(r"[^\W\d]{2}", street) else f"{locality} {street}")
                    for street, locality in zip(rows["street_address"], rows["locality"], strict=True)
                ],
            }
        )

    def listed_at_addresses(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of the compiled lists where their addresses are; those that no address tells as they are."""
        rows = rows.assign(radius_m=np.nan)
        for row, (text, gmina) in rows[["address", "gmina_code"]].iterrows():
            found = self.at_address(text, gmina) if gmina in self.country.councils.index else None
            if found is not None:
                radius_m = 0.0 if found[2] == "door" else found[3]
                rows.loc[row, ["lon", "lat", "radius_m"]] = found[0], found[1], radius_m
        return rows

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """Polling stations, of each door the newest: `form`, `gmina_code`, `powiat_code`, `door`, `text`."""
        columns = ["form", "gmina_code", "powiat_code", "door", "text"]
        older = self.compiled[self.compiled["is_evidence"]]
        both = pd.concat([self.stations[columns], older[columns]], ignore_index=True)
        return both[both["door"].isna() | ~both.duplicated(["form", "gmina_code", "door"])]

    @cached_property
    def wtz(self) -> pd.DataFrame:
        """Workshops of the whole country: told by powiat, places only where another list has the same door."""
        table = pd.read_csv(self.folder / "national/wtz_2023-09-19_geocoded.csv", dtype=str, na_filter=False)
        listed = self.compiled[(self.compiled["form"] == "REI-WTZ") & self.compiled["door"].notna()]
        keys = zip(listed["gmina_code"], listed["door"], strict=True)
        places = dict(zip(keys, zip(listed["places"], listed["as_of"], strict=True), strict=True))
        rows = []
        for number, cells in enumerate(table.itertuples(index=False), start=2):
            is_found = cells.namesake_in_powiat == "0" and cells.geo_grade in {
                "door",
                "door_base_number",
                "street",
            }
            city = _IN_CITIES.get((cells.powiat, cells.locality))
            street = cells.street if cells.street not in {"", cells.locality} else ""
            town = _TOWNS.get(cells.locality, cells.locality)
            way = f"ul. {street}, " if street not in {"", "Folwark 20", "Jaromin 50"} else ""
            rows.append(
                {
                    "form": "REI-WTZ", "source": "wtz_2023-09-19_geocoded.csv", "row": number, "subtype": "",
                    "facility": f"wtz-{cells.lp}", "places": np.nan, "as_of": "2023-09-19",
                    "text": f"{way}{town}, {cells.postcode} {cells.post_office}",
                    "powiat_code": city or cells.powiat_teryt_stated,
                    **own_street(cells.geo_grade, cells.geo_radius_km),
                    "door_lon": float(cells.lon) if is_found else np.nan,
                    "door_lat": float(cells.lat) if is_found else np.nan,
                }
            )  # fmt: skip
        found = self.with_doors(rows)
        doors = [
            door(street or place) for street, place in zip(table["street"], table["locality"], strict=True)
        ]
        # How large a post office's round is nobody knows.
        found.loc[table["locality"].isin(_POST_OFFICES).to_numpy(), "locality_m"] = np.nan
        told = [places.get(key, (np.nan, None)) for key in zip(found["gmina_code"], doors, strict=True)]
        found["places"] = [number for number, _ in told]
        # Those are of the day of that list, which may state none.
        found["places_as_of"] = [None if np.isnan(number) else day for number, day in told]
        return found

    def _places(self, name: str, powiat: str) -> pd.DataFrame:
        """Return the localities of a name in a powiat, by either list; none where no powiat is known."""
        names = self.country.names
        return names[(names["key"] == folded(name)) & names["gmina_code"].str.startswith(powiat or "-")]

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
            names = self.country.councils["name"]
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
