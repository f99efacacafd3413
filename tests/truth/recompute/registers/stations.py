"""Polling stations of 2023 and 2025 in social institutions: evidence, and the door of what a register lists there."""

import re
from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.country import folded, metric
from tests.truth.recompute.registers.addresses import Addresses

_FORMS = {
    "DZI-DDS": r"dzienn\w+ dom\w* .*(?:senior ?\+|wigor)",
    "DZI-DDP": r"dzienn\w+ dom|dom\w* dziennego pobytu|dom\w* pobytu dziennego",
    "CAL-DPS": r"\bdom\w* pomocy społecz|\bdps\b",
    "DZI-SDS": r"środowisk\w+ dom\w* samopomocy|\bśds\b",
    "REI-WTZ": r"warsztat\w* terapii zaj",
    "DZI-KLS": r"klub\w* [\"„”]?senior\w*[\"„”]? ?\+",
    "BEZ-SCH": r"schronisko dla osób bezdomnych$",
}
"""What the words of a seat say that it is; the first that fits. Forms that no view asks for are left out."""

_NOMINATIVES = {"Pniewie": "Pniewo"}
_NUMBERS = {"Szpitalna 1b": "1"}
"""The home in Miechów, which the election calls by the same name at number 1."""


class Stations(Addresses):
    """Seats of polling stations, one row an address and a form."""

    @cached_property
    def stations(self) -> pd.DataFrame:
        """The seats of both elections by the words of their names, the later election of one door."""
        path = self.folder / "national/pkw_social_seats_2023_2025.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False).sort_values("date", ascending=False)
        rows = rows[~rows["name"].str.contains(r"^[Bb]ył[aye]?\b|\(po ")]
        rows["form"] = [_form(name) for name in rows["name"]]
        rows = rows[rows["form"] != ""]
        rows["door"] = [door(address) for address in rows["address"]]
        rows = rows.drop_duplicates(["form", "teryt", "door"])
        is_found = rows["geo_grade"].isin(["door", "door_base_number", "street"])
        place = rows.assign(
            lon=pd.to_numeric(rows["lon"], errors="coerce").where(is_found),
            lat=pd.to_numeric(rows["lat"], errors="coerce").where(is_found),
            powiat_code=rows["teryt"].str[:4],
            is_door=rows["geo_grade"].eq("door"),
        )
        # An address far beyond the border of its gmina is not sure to be that of the register.
        inside = self.country.is_near(place["teryt"], place["lon"].fillna(15), place["lat"].fillna(50))
        place.loc[~inside, ["lon", "lat"]] = float("nan")
        return place.rename(columns={"teryt": "gmina_code", "name": "text"})[
            ["form", "gmina_code", "powiat_code", "text", "door", "date", "lon", "lat", "is_door"]
        ].reset_index(drop=True)

    def with_doors(self, rows: list[dict]) -> pd.DataFrame:
        """Place rows: at their own door in their powiat, else where the address says."""
        doors = pd.DataFrame(rows)[["door_lon", "door_lat"]]
        doors["gmina_code"] = self.country.gmina_at(doors["door_lon"].fillna(0), doors["door_lat"].fillna(0))
        placed = []
        for row, found in zip(rows, doors.itertuples(index=False), strict=True):
            if found.gmina_code.startswith(row["powiat_code"]) and found.gmina_code:
                own = {"gmina_code": found.gmina_code, "powiat_code": found.gmina_code[:4]}
                # Where the register does not tell how far its own street is from the door, -1: the addresses may.
                radius_m = row.get("own_m", -1.0) if row.get("own_grade") == "street" else 0.0
                if row.get("own_grade") == "locality":
                    place = self.place(row["text"], within=(found.gmina_code,))
                    name = "" if place is None else place["key"]
                    radius_m, own["locality_m"] = np.nan, self.country.locality_m(found.gmina_code, name)
                own |= {"lon": found.door_lon, "lat": found.door_lat, "radius_m": radius_m}
                placed.append(row | own)
            else:
                (frame,) = [self._placed([dict(row)])]
                placed.append(frame.iloc[0].to_dict())
        return self.at_doors(pd.DataFrame(placed).drop(columns=["door_lon", "door_lat"], errors="ignore"))

    def at_doors(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Give what a register lists the point of a polling station at the same door of its gmina."""
        # The house of a number like it ("16" of "16/18") is no door.
        known = self.stations[self.stations["is_door"]].dropna(subset=["lon"])
        point_of = {
            (form, gmina, number): (lon, lat)
            for form, gmina, number, lon, lat in known[
                ["form", "gmina_code", "door", "lon", "lat"]
            ].itertuples(index=False)
        }
        rows = rows.assign(radius_m=rows.get("radius_m", np.nan))
        doors = [door(text) for text in rows["text"]]
        keys = pd.Series(list(zip(rows["form"], rows["gmina_code"], doors, strict=True)), index=rows.index)
        # Of two at one door nobody knows which is meant.
        facilities = rows["facility"].groupby(keys).nunique()
        for row, key in keys.items():
            is_at_station = bool(key[2]) and key in point_of and facilities[key] == 1
            text, gmina = rows.loc[row, ["text", "gmina_code"]]
            own_m = rows.loc[row, "radius_m"]
            found = self.at_address(text, gmina) if isinstance(gmina, str) and own_m != 0 else None
            # A door of the addresses goes before that of a station, and a station's before their street.
            if found is not None and (found[2] == "door" or not (is_at_station or pd.notna(own_m))):
                rows.loc[row, ["lon", "lat", "radius_m"]] = (
                    found[0],
                    found[1],
                    0.0 if found[2] == "door" else found[3],
                )
            elif is_at_station:
                rows.loc[row, ["lon", "lat"]] = point_of[key]
                rows.loc[row, "radius_m"] = 0.0
            elif found is not None and own_m < 0:
                # Its own point stays: its street is as long as the addresses say, from where their middle is.
                here, there = metric([rows.loc[row, "lon"], found[0]], [rows.loc[row, "lat"], found[1]])
                rows.loc[row, "radius_m"] = found[3] + np.hypot(*(here - there))
        return rows


def door(text: str) -> tuple[str, str] | None:
    """Return the last word of the street or village before the house number, and the number."""
    before, *after = re.split(r"\(\d\d\)|\b\d\d ?- ?\d{3}\b| z ZTO", text)
    for part in (before, *after):
        found = re.search(r"([^\s,.|]+),?\s+(\d+(?: ?[A-Za-z]\b)?(?:[/-]\d+\w?)?)$", part.strip(" ,|"))
        if found:
            number = found[2].replace(" ", "").lower()
            return folded(_NOMINATIVES.get(found[1], found[1])), _NUMBERS.get(f"{found[1]} {number}", number)
    return None


def own_street(grade: str, radius_km: str = "") -> dict:
    """
    Return whether a register's own point is a door, a street or a village, and how far (m) the places of a street are.

    Doors of one address that lie apart are no door.
    """
    radius_m = 1000 * float(radius_km or 0)
    if grade == "door" and radius_m < 100:
        return {"own_grade": "door"}
    if grade not in {"door", "door_base_number", "street"}:
        return {"own_grade": "locality"}
    own_m = {"own_m": max(200.0 if grade == "door_base_number" else 100.0, radius_m)} if radius_km else {}
    return {"own_grade": "street", **own_m}


def _form(name: str) -> str:
    return next((form for form, words in _FORMS.items() if re.search(words, name.lower())), "")
