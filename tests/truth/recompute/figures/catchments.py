"""Who has a facility in reach, how many places, and where that hangs on where in its town a facility stands."""

from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.country import metric
from tests.truth.recompute.figures.supply import HAIR, Supply
from tests.truth.recompute.registers.homes import PROFILE


class Catchments(Supply):
    """What the facilities of a view are to people around them."""

    @cached_property
    def _pairs(self) -> tuple[pd.DataFrame, np.ndarray]:
        asked = self.question
        rows, pairs = self.raw.pairs(asked.form, asked.group, asked.limit_m, asked.scenario)
        if asked.own:
            # Only residents of its own gmina come to a facility.
            own = rows["gmina_code"].to_numpy()[pairs[:, 1]]
            pairs = pairs[self.raw.homes["gmina_code"].to_numpy()[pairs[:, 0]] == own]
        return rows, pairs

    @cached_property
    def is_reached(self) -> np.ndarray:
        """Which homes have a facility in reach."""
        found = np.zeros(len(self.raw.homes), dtype=bool)
        found[self._pairs[1][:, 0]] = True
        return found

    @cached_property
    def is_open(self) -> np.ndarray:
        """Which homes may have a facility in reach that nobody listed."""
        if self.question.own:
            known = self.raw.known(self.question.form, self.question.group)
            return ~self.raw.homes["gmina_code"].map(known).to_numpy(dtype=bool)
        return self.raw.is_open(self.question.form, self.question.group, self.question.limit_m)

    @cached_property
    def _is_coarse(self) -> tuple[np.ndarray, np.ndarray]:
        """Which facilities may stand farther from the point of their town or street than the limit, and how far (m)."""
        rows, gminas = self._pairs[0], self.raw.country.gminas
        is_town = rows["gmina_code"].map(gminas["kind"]) == "1"
        is_gmina = rows.get("is_gmina_point", pd.Series(False, index=rows.index)).eq(True)
        extent = (
            rows["gmina_code"]
            .map(self.raw.country.half_extent_m)
            .where(is_town | is_gmina, 0.0)
            .to_numpy(float)
        )
        most = rows["gmina_code"].map(self.raw.country.half_extent_m).to_numpy(float)
        radius, locality = (
            rows.get(name, pd.Series(np.nan, index=rows.index)).astype(float).to_numpy()
            for name in ("radius_m", "locality_m")
        )
        # No street or village is larger than its gmina.
        is_village = ~(is_town | is_gmina).to_numpy() & np.isnan(radius) & ~np.isnan(locality)
        extent = np.where(is_village, np.fmin(locality, most), extent)
        extent = np.where(np.isnan(radius), extent, np.fmin(np.clip(radius, 0.0, None), most))
        return extent > self.question.limit_m, extent

    @property
    def unknown_extent(self) -> float:
        """Facilities of the scope at points of which nobody knows how far they are from the door."""
        rows, scope = self._pairs[0], self.question.scope
        is_here = rows["gmina_code"].fillna("").str.startswith("" if scope == "00" else scope)
        is_door = rows.get("radius_m", pd.Series(np.nan, index=rows.index)).eq(0)
        is_opened = rows.get("source", pd.Series("", index=rows.index)).isna()
        return int((is_here & ~is_door & ~is_opened & (self._is_coarse[1] == 0)).sum())

    @cached_property
    def _hanging(self) -> tuple[np.ndarray, np.ndarray]:
        """Which homes may be in reach of a facility or not, by where in its radius it stands; and all such pairs."""
        rows, extent = self._pairs[0], self._is_coarse[1]
        found = np.zeros(len(self.raw.homes), dtype=bool)
        homes = self.raw.homes[["x", "y"]].to_numpy()
        may = [np.empty((0, 2), dtype=int)]
        for row in np.flatnonzero(extent > 0):
            (point,) = metric(rows["lon"].iloc[[row]], rows["lat"].iloc[[row]])
            distance = np.hypot(*(homes - point).T)
            is_near = distance <= self.question.limit_m + extent[row]
            is_near &= distance > self.question.limit_m - extent[row]
            if self.question.own:
                is_near &= (self.raw.homes["gmina_code"] == rows["gmina_code"].iloc[row]).to_numpy()
            found |= is_near
            here = np.flatnonzero(is_near)
            may.append(np.column_stack([here, np.full(len(here), row)]))
        return found, np.concatenate(may)

    def _reached_within(self, sign: int) -> np.ndarray:
        """Return which homes have a facility in reach, as far (1) or near (-1) as it may be."""
        rows, pairs = self._pairs
        extent = self._is_coarse[1]
        homes, codes = self.raw.homes[["x", "y"]].to_numpy(), self.raw.homes["gmina_code"]
        found = np.zeros(len(homes), dtype=bool)
        found[pairs[:, 0] if sign < 0 else pairs[extent[pairs[:, 1]] == 0, 0]] = True
        points = metric(rows["lon"], rows["lat"])
        for row in np.flatnonzero(extent > 0):
            is_near = np.hypot(*(homes - points[row]).T) <= self.question.limit_m - sign * extent[row]
            if self.question.own:
                is_near &= (codes == rows["gmina_code"].iloc[row]).to_numpy()
            found |= is_near
        return found

    @cached_property
    def _for_certain_and_perhaps(self) -> tuple[np.ndarray, np.ndarray]:
        return self._reached_within(1), self._reached_within(-1)

    def _share_within(self, sign: int) -> float:
        found, codes = self._for_certain_and_perhaps[sign < 0], self.raw.homes["gmina_code"]
        scope = "" if self.question.scope == "00" else self.question.scope
        persons = np.where(codes.str.startswith(scope), np.nan_to_num(self.home_persons), 0.0)
        return float((persons * found).sum() / persons.sum())

    @property
    def sure_reach(self) -> float:
        """The share of people with a listed facility in reach wherever on its street or in its town it stands."""
        return np.floor(self._share_within(1) * 1000 + 1e-6) / 1000

    @property
    def perhaps_reach(self) -> float:
        """The share of people with one in reach, if each stands as near to them as it may."""
        return np.ceil(self._share_within(-1) * 1000 - 1e-6) / 1000

    @cached_property
    def is_hanging(self) -> np.ndarray:
        """Who hang on a place wider than the limit: in coverage nobody who has another one in reach for certain."""
        pairs, may, is_wide = self._pairs[1], self._hanging[1], self._is_coarse[0]
        found = np.zeros(len(self.raw.homes), dtype=bool)
        found[may[is_wide[may[:, 1]], 0]] = True
        if self.question.indicator in {"coverage_share", "reached_residents"}:
            found[pairs[~is_wide[pairs[:, 1]], 0]] = False
        return found

    @cached_property
    def hanging(self) -> pd.Series:
        """Which areas have people at such homes."""
        persons = np.nan_to_num(self.home_persons)
        by_town = self._by_area(self.is_hanging & (persons > 0)) > 0
        # More than a twentieth may have one or not; or nobody has, and somebody may.
        sure, perhaps = self._for_certain_and_perhaps
        parts = (persons, persons * (perhaps & ~sure), persons * self.is_reached)
        everybody, loose, reached = (self._by_area(part) for part in parts)
        is_any = loose >= np.clip(everybody * 0.0005, HAIR, 0.5)
        return by_town | (loose > 0.05 * everybody) | (is_any & (reached < HAIR))

    @property
    def hanging_areas(self) -> float:
        """How many of them there are."""
        return int(self.hanging.sum())

    @property
    def _has_for_certain(self) -> np.ndarray:
        """Which homes have a facility in reach wherever it stands, that is for the group in any case."""
        rows, pairs = self._pairs
        may = self._hanging[1]
        is_loose = np.isin(pairs[:, 0] * len(rows) + pairs[:, 1], may[:, 0] * len(rows) + may[:, 1])
        # A home that names no profile, on a list that tells no places either, may be for others alone.
        is_others = np.zeros(len(rows), dtype=bool)
        if self.question.form == "CAL-DPS":
            is_silent = ~rows["text"].fillna("").astype(str).str.lower().str.contains(PROFILE)
            is_others = (is_silent & rows["places"].isna()).to_numpy(dtype=bool)
        # So may be gone what a row names that is too old.
        is_others = is_others | self._is_reached_gone
        found = np.zeros(len(self.raw.homes), dtype=bool)
        found[pairs[~is_loose & ~is_others[pairs[:, 1]], 0]] = True
        return found

    @cached_property
    def _is_reached_gone(self) -> np.ndarray:
        """Which facilities with a point may be gone."""
        return self._is_gone(self._with_areas(self._pairs[0])).to_numpy(dtype=bool)

    @cached_property
    def _near_days(self) -> list[int]:
        """The whole days of the lists of which somebody of the scope has a facility in reach, ascending."""
        rows, pairs = self._pairs
        is_here = self.raw.homes["gmina_code"].str.startswith(self._prefix).to_numpy()
        reached = np.unique(pairs[is_here[pairs[:, 0]], 1])
        return sorted({int(day.replace("-", "")) for day in rows["as_of"].iloc[reached]})

    @property
    def near_oldest_day(self) -> float:
        """The oldest of these, as yyyymmdd."""
        return self._near_days[0]

    @property
    def near_newest_day(self) -> float:
        """The newest."""
        return self._near_days[-1]

    @cached_property
    def _own_places(self) -> np.ndarray:
        """The places of each facility with a point that are for the group for certain; none of old ones."""
        rows = self._pairs[0]
        own = rows["own_places"].fillna(rows["places"]) if "own_places" in rows else rows["places"]
        is_old = self._is_reached_gone | self._has_old_places(rows).to_numpy(dtype=bool)
        return np.where(is_old, 0.0, own.fillna(0).to_numpy(float))

    @cached_property
    def coverage(self) -> pd.Series:
        """The share of people with a facility in reach; missing where it would be nobody and that is not sure."""
        people = self._by_area(self.home_persons)
        nobody = np.clip(people * 0.0005, HAIR, 0.5)
        share = self._by_area(self.home_persons * self.is_reached) / people
        share = share.mask(share * people < nobody, 0.0)
        is_open = self._by_area(self.is_open & ~self.is_reached & (self.home_persons > 0)) > 0
        told = share.mask((share == 0) & (is_open | ~self.known | self.hanging))
        # All of them, but for those who have nothing else than what may stand beyond the limit or be for others.
        certain = self._by_area(self.home_persons * self._has_for_certain)
        is_all = (share == 1) & (people - certain >= nobody) & ~self.hanging
        told = told.mask(is_all, (certain / people).where(certain >= nobody))
        # All residents are known everywhere.
        return told if self.question.indicator == "reached_residents" else told.where(self.persons.notna())

    @cached_property
    def _weights(self) -> np.ndarray:
        """How much each pair counts: less with the distance, by the method of the view."""
        rows, pairs = self._pairs
        homes = self.raw.homes[["x", "y"]].to_numpy()
        points = metric(rows["lon"], rows["lat"])
        part = np.hypot(*(homes[pairs[:, 0]] - points[pairs[:, 1]]).T) / self.question.limit_m
        edge = np.exp(-0.5)
        if self.question.method.endswith("gauss"):
            return np.clip((np.exp(-0.5 * part**2) - edge) / (1 - edge), 0, None)
        return np.ones(len(part))

    @cached_property
    def home_access(self) -> np.ndarray:
        """Places per 1,000 people that each home reaches, by the floating catchment of the view."""
        rows, pairs = self._pairs
        homes, weight = self.raw.homes, self._weights
        who = np.bincount(pairs[:, 1], weight * self.home_persons[pairs[:, 0]], minlength=len(rows))
        each = np.divide(
            rows["places"].fillna(0).to_numpy(float), who, out=np.zeros(len(rows)), where=who > 0
        )
        return 1000 * np.bincount(pairs[:, 0], weight * each[pairs[:, 1]], minlength=len(homes))

    @cached_property
    def access(self) -> pd.Series:
        """
        Places in reach per 1,000 people: the mean over the people of an area.

        At a home that may have unlisted places in reach, or some of unknown number, there may be more; where some may
        be for others, or gone, fewer. Where both is so nobody knows, and in the mean it counts as nothing.
        """
        rows, pairs = self._pairs
        places = rows["places"].to_numpy(float)
        is_more, is_less = np.zeros((2, len(self.raw.homes)), dtype=bool)
        has_weight = self._weights > 0
        is_more[pairs[has_weight & np.isnan(places)[pairs[:, 1]], 0]] = True
        is_less[pairs[has_weight & (np.nan_to_num(places) > self._own_places)[pairs[:, 1]], 0]] = True
        is_more |= self.is_open
        is_missing = is_more & (is_less | (self.home_access == 0))
        told = np.where(is_missing, 0.0, self.home_access)
        mean = self._by_area(told * self.home_persons) / self._by_area(self.home_persons)
        has_people = self.home_persons > 0
        least, most = (self._by_area(is_so & has_people) > 0 for is_so in (is_more, is_less & ~is_missing))
        is_unknown = (least & (most | (mean == 0))) | ((mean == 0) & (~self.known | self.hanging))
        return mean.mask(is_unknown).where(self.persons.notna())
