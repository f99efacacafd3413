"""All that is read of the mirror: the country, its people, its registers, and which homes have what in reach."""

from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from tests.truth.recompute.country import Country, metric
from tests.truth.recompute.people import People
from tests.truth.recompute.question import changes_of
from tests.truth.recompute.reach import pairs_within
from tests.truth.recompute.registers.registers import BRANCHES, COMPLETE, Registers
from tests.truth.recompute.settlement import Settlement


class Raw:
    """All that is read of the mirror, once for all views."""

    def __init__(self, mirror: Path) -> None:
        self.country = Country(mirror)
        self.people = People(self.country)
        self.registers = Registers(self.country)
        self.figures: dict = {}
        """Figures of views by what is asked, kept for the next view that asks the same."""
        self._reached: dict = {}
        """What was read or measured for a view, kept for all that ask the same."""

    @cached_property
    def homes(self) -> pd.DataFrame:
        """Where people live, with the share of their gmina."""
        return Settlement(self.country).homes

    def facilities(self, form: str, group: str, scenario: str = "") -> pd.DataFrame:
        """
        Return the facilities that count, those of a scenario too: `gmina_code`, `lon`, `lat`, `places`, `own_places`.

        Own are the places that are for nobody but the group, as far as a register tells profiles.

        Places are missing where they are unknown. Where a register is complete its rows alone, elsewhere those of the
        compiled lists; addresses of polling stations are evidence and count nowhere.
        """
        key = ("facilities", form, group, scenario)
        if key not in self._reached:
            self._reached[key] = self._facilities(form, group, scenario)
        return self._reached[key].copy()

    def _facilities(self, form: str, group: str, scenario: str) -> pd.DataFrame:
        complete = COMPLETE.get(form, ())
        listed = self.registers.compiled
        listed = listed[
            (listed["form"] == form)
            & (listed["status"] == "as_of_source")
            & ~listed["is_evidence"]
            & ~listed["powiat_code"].str[:2].isin(complete)
        ]
        listed = self.registers.listed_at_addresses(listed)
        rows = listed
        if complete and form != "INS-OPS":
            of_register = self.registers.services(form, group)
            is_shared = self.registers.is_shared(of_register, form, group)
            of_register = of_register.assign(own_places=of_register["places"].mask(is_shared, 0.0))
            merged = of_register.groupby(["source", "facility"], sort=False).agg(
                {
                    "gmina_code": "first",
                    "powiat_code": "first",
                    "lon": "first",
                    "lat": "first",
                    "radius_m": "first",
                    "locality_m": "first",
                    "places": lambda places: places.sum(skipna=False),
                    "own_places": lambda places: places.sum(skipna=False),
                    "text": "first",
                    "is_gmina_point": "first",
                    "as_of": "first",
                    **({"places_as_of": "first"} if "places_as_of" in of_register else {}),
                }
            )
            rows = pd.concat([merged.reset_index(), listed], ignore_index=True)
        rows = pd.concat([rows, self.registers.others(form, group)], ignore_index=True)
        opened = [
            {
                "gmina_code": change["gmina_code"],
                "powiat_code": change["gmina_code"][:4],
                "places": change["places"],
                "own_places": change["places"],
                # It stands where the planner puts it.
                "radius_m": 0.0,
            }
            | dict(self._locality(change["locality_key"]))
            for change in changes_of(scenario)
            if change["support_form"] == form
        ]
        return (
            pd.concat([rows, pd.DataFrame(opened)], ignore_index=True)
            if opened
            else rows.reset_index(drop=True)
        )

    def _locality(self, key: str) -> pd.Series:
        rows = self.country.localities
        return rows.loc[rows["id"] == key, ["lon", "lat"]].iloc[0]

    def pairs(self, form: str, group: str, limit_m: float, scenario: str) -> tuple[pd.DataFrame, np.ndarray]:
        """Return the facilities with a point, and the pairs of homes and facilities within a line of each other."""
        key = (form, group, limit_m, scenario)
        if key not in self._reached:
            rows = self.facilities(form, group, scenario).dropna(subset=["lon"]).reset_index(drop=True)
            self._reached[key] = (
                rows,
                pairs_within(self.homes, metric(rows["lon"], rows["lat"]), limit_m=limit_m),
            )
        return self._reached[key]

    def known(self, form: str, group: str, *, digits: int = 6) -> pd.Series:
        """
        Return for each area whether nothing listed there means that there is nothing.

        Where the list names only the powiat or the voivodeship of a facility, smaller areas in it are not known.
        """
        gminas = self.country.gminas.index
        is_known = gminas.str[:2].isin(COMPLETE.get(form, ()))
        if form == "DZI-SDS":
            is_known &= ~gminas.isin(BRANCHES)
        is_known &= ~gminas.isin(self._contradicted(form))
        known = pd.Series(is_known, index=gminas).groupby(gminas.str[:digits]).all()
        for code in self.somewhere(form, group):
            if len(code) < digits:
                known[known.index.str.startswith(code)] = False
        return known

    def _contradicted(self, form: str) -> set[str]:
        """Return the gminas where a compiled list names a facility of a form, and the complete register none."""
        if form not in COMPLETE or form == "INS-OPS":
            return set()
        key = ("contradicted", form)
        if key not in self._reached:
            listed = self.registers.compiled
            is_working = (listed["status"] == "as_of_source") & ~listed["is_evidence"]
            named = set(listed.loc[is_working & (listed["form"] == form), "gmina_code"])
            self._reached[key] = named - self.registers.gminas_of(form)
        return self._reached[key]

    def somewhere(self, form: str, group: str) -> list[str]:
        """Return the powiats and voivodeships of facilities of which nothing here tells the gmina, one a facility."""
        rows = self.facilities(form, group)
        lost = rows[rows["gmina_code"].fillna("") == ""]
        codes = lost["powiat_code"].fillna("")
        voivodeships = lost.get("voivodeship_code", codes.str[:2])
        return sorted(codes.where(codes != "", voivodeships))

    def is_open(self, form: str, group: str, limit_m: float) -> np.ndarray:
        """Return which homes lie so near a list that is not complete that an unlisted facility may be in reach."""
        key = ("open", form, group, limit_m)
        if key not in self._reached:
            known = self.known(form, group)
            unknown = self.country.gminas.loc[~known, "geometry"].to_numpy()
            flat = shapely.transform(unknown, lambda xy: metric(xy[:, 0], xy[:, 1]))
            points = shapely.points(self.homes[["x", "y"]].to_numpy())
            near = shapely.STRtree(flat).query(points, predicate="dwithin", distance=limit_m)[0]
            found = np.zeros(len(points), dtype=bool)
            found[near] = True
            self._reached[key] = found
        return self._reached[key]
