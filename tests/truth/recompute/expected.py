"""
The figures of one view, each under the name that `sentences.toml` gives to its place in a sentence.

A name that is no attribute here is a number that nobody computes again, and the check says so.
"""

import math
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.country import DIGITS, metric
from tests.truth.recompute.inequality import gini, served_shares, theil
from tests.truth.recompute.people import COUNTED_ON
from tests.truth.recompute.question import Question, packed
from tests.truth.recompute.raw import Raw
from tests.truth.recompute.reach import fair_shares, most_served
from tests.truth.recompute.registers import COMPLETE

_KINDS = {
    ("older", "day_per_1000"): ("DZI-KLS", "DZI-DDS", "DZI-DDP"),
    ("older", "round_the_clock_per_1000"): ("CAL-DPS",),
    ("disabled", "day_per_1000"): ("DZI-SDS", "DZI-KSP", "DZI-DDP", "DZI-COM", "REI-WTZ"),
    ("disabled", "round_the_clock_per_1000"): ("CAL-DPS",),
}
"""Forms whose places are added up in a kind of support, as far as any list states places."""
_ALSO_READ = {"CAL-DPS": ("10",)}
"""Voivodeships whose register of a form is read, but not complete."""
_WIDE = ("CAL-DPS", "BEZ-SCH")
"""Forms that people come to from anywhere."""
_HAIR = 1e-6
"""Sums of fractions differ in their last digits."""


class Expected:
    """The figures of one view, computed when they are asked for."""

    def __init__(self, raw: Raw, question: Question) -> None:
        self.raw, self.question = raw, question
        self.codes = pd.Index(raw.country.codes(question.level, question.scope))
        self.digits = DIGITS[question.level]

    # People.

    @cached_property
    def gmina_persons(self) -> pd.Series:
        """People of the group in each gmina of the country in the year of the view; missing where unknown."""
        people, asked = self.raw.people, self.question
        if asked.group == "older":
            return (
                people.older_then(asked.year, asked.age_from) if asked.year else people.older(asked.age_from)
            )
        codes = list(self.raw.country.gminas.index)
        if asked.group == "disabled":
            if not asked.is_estimate:
                return pd.Series(np.nan, index=codes)
            return people.estimated(people.disabled_in_country, pd.Series(dtype=float), codes)
        counted = people.homeless(people.homeless_night(asked.scope))
        found = counted.reindex(codes)
        if asked.is_estimate:
            for code, total in counted[counted.index.str.len() == 2].items():
                inside = [own for own in codes if code != "00" and own.startswith(code)]
                if inside:
                    found[inside] = people.estimated(total, counted, inside)
        return found

    @cached_property
    def persons(self) -> pd.Series:
        """People of the group in each area."""
        asked, gminas = self.question, self.gmina_persons
        sums = gminas.groupby(gminas.index.str[: self.digits]).agg(lambda people: people.sum(skipna=False))
        found = sums.reindex(self.codes)
        if asked.group == "homeless" and asked.level == "voivodeship":
            counted = self.raw.people.homeless(self.raw.people.homeless_night(asked.scope))
            found = counted.reindex(self.codes).fillna(found)
        return found

    @cached_property
    def home_persons(self) -> np.ndarray:
        """
        People of the group at each home of the country.

        Of a later year, people of gminas without a projection are those of today: they use the same facilities.
        """
        gminas = self.gmina_persons
        if self.question.year:
            gminas = gminas.fillna(self.raw.people.older(self.question.age_from))
        homes = self.raw.homes
        return (homes["gmina_code"].map(gminas) * homes["share"]).to_numpy()

    @cached_property
    def home_area(self) -> pd.Series:
        """The area that each home lies in."""
        return self.raw.homes["gmina_code"].str[: self.digits]

    # Facilities and places where they stand.

    @cached_property
    def known(self) -> pd.Series:
        """Whether nothing listed in an area means that there is nothing."""
        gminas = self.raw.known_gminas(self.question.form)
        return gminas.groupby(gminas.index.str[: self.digits]).all().reindex(self.codes)

    @cached_property
    def _here(self) -> pd.DataFrame:
        asked = self.question
        rows = self.raw.facilities(asked.form, asked.group, asked.scenario)
        # Where only the powiat is read, it is enough for powiats and voivodeships.
        code = rows["gmina_code"].where(
            rows["gmina_code"].fillna("").str.len() >= self.digits, rows["powiat_code"]
        )
        return rows.assign(area=code.str[: self.digits])

    @cached_property
    def facilities(self) -> pd.Series:
        """Facilities in each area; missing where nothing is listed and no register is complete."""
        count = self._here.groupby("area").size().reindex(self.codes, fill_value=0).astype(float)
        return count.mask((count == 0) & ~self.known)

    @cached_property
    def places(self) -> pd.Series:
        """Places in each area; missing where those of any facility are."""
        total = self._here.groupby("area")["places"].agg(lambda places: places.sum(skipna=False))
        found = total.reindex(self.codes)
        return found.mask(self.facilities == 0, 0.0)

    @cached_property
    def rate(self) -> pd.Series:
        """Places per 1,000 people."""
        return 1000 * self.places / self.persons

    def kind_rate(self, kind: str) -> pd.Series:
        """Places of a kind of support per 1,000 people, as far as they are stated; missing where none are."""
        total = pd.Series(0.0, index=self.codes)
        for form in _KINDS[self.question.group, kind]:
            here = Expected(self.raw, replace(self.question, form=form, scenario=""))._here
            total += here.groupby("area")["places"].sum().reindex(self.codes, fill_value=0.0)
        return 1000 * total.where(total > 0) / self.persons

    @cached_property
    def _norm_areas(self) -> "Expected":
        asked = self.question
        return Expected(
            self.raw,
            Question(
                scope=asked.scope, level="powiat", group=asked.group, form=asked.form,
                age_from=asked.age_from, is_estimate=asked.is_estimate,
            ),
        )  # fmt: skip

    @cached_property
    def norm(self) -> float:
        """The planner's own, else the median of the powiats whose register is complete, today."""
        if self.question.norm:
            return self.question.norm
        return float(self._norm_rates.median())

    @cached_property
    def _norm_rates(self) -> pd.Series:
        powiats = self._norm_areas
        return powiats.rate[powiats.known & powiats.rate.notna()]

    @property
    def norm_areas_known(self) -> float:
        """Powiats that the median is taken of."""
        return len(self._norm_rates)

    @property
    def norm_areas(self) -> float:
        """All powiats of the scope."""
        return len(self._norm_areas.codes)

    # What the facilities are to people around them.

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
            return ~self.raw.homes["gmina_code"].map(self.raw.known_gminas(self.question.form)).to_numpy(
                dtype=bool
            )
        return self.raw.is_open(self.question.form, self.question.limit_m)

    @cached_property
    def _is_coarse(self) -> tuple[np.ndarray, np.ndarray]:
        """Which facilities may stand farther from the point of their town than the limit, and how far, in metres."""
        rows, gminas = self._pairs[0], self.raw.country.gminas
        is_town = rows["gmina_code"].map(gminas["kind"]) == "1"
        is_gmina = rows.get("is_gmina_point", pd.Series(False, index=rows.index)).eq(True)
        extent = (
            rows["gmina_code"]
            .map(self.raw.country.half_extent_m)
            .where(is_town | is_gmina, 0.0)
            .to_numpy(float)
        )
        return extent > self.question.limit_m, extent

    @cached_property
    def _hanging(self) -> tuple[np.ndarray, np.ndarray]:
        """Which homes may be in reach of a facility or not, by where in its town it stands; and all such pairs."""
        rows = self._pairs[0]
        is_coarse, extent = self._is_coarse
        found = np.zeros(len(self.raw.homes), dtype=bool)
        homes = self.raw.homes[["x", "y"]].to_numpy()
        may = [np.empty((0, 2), dtype=int)]
        for row in np.flatnonzero(is_coarse):
            (point,) = metric(rows["lon"].iloc[[row]], rows["lat"].iloc[[row]])
            is_near = np.hypot(*(homes - point).T) <= self.question.limit_m + extent[row]
            if self.question.own:
                is_near &= (self.raw.homes["gmina_code"] == rows["gmina_code"].iloc[row]).to_numpy()
            found |= is_near
            here = np.flatnonzero(is_near)
            may.append(np.column_stack([here, np.full(len(here), row)]))
        return found, np.concatenate(may)

    @cached_property
    def is_hanging(self) -> np.ndarray:
        """Which of them count: in coverage not those who have another one in reach for certain."""
        pairs, found = self._pairs[1], self._hanging[0].copy()
        if self.question.indicator == "coverage_share":
            found[pairs[~self._is_coarse[0][pairs[:, 1]], 0]] = False
        return found

    @cached_property
    def hanging(self) -> pd.Series:
        """Which areas have people at such homes."""
        return self._by_area(self.is_hanging & (np.nan_to_num(self.home_persons) > 0)) > 0

    @property
    def hanging_areas(self) -> float:
        """How many of them there are; of gaps, where least and most are not the same."""
        if self.question.indicator == "gap_share":
            return int((self.hanging & (self.gaps["most"] - self.gaps["least"] > _HAIR)).sum())
        return int(self.hanging.sum())

    @property
    def evidence(self) -> float:
        """Addresses of polling stations where a facility may be; where a register is read they are its homes."""
        rows = self.raw.registers.compiled
        read = {*COMPLETE.get(self.question.form, ()), *_ALSO_READ.get(self.question.form, ())}
        is_asked = rows["is_evidence"] & (rows["form"] == self.question.form)
        here = rows[is_asked & ~rows["powiat_code"].str[:2].isin(read)]
        return int(
            here["powiat_code"]
            .str.startswith("" if self.question.scope == "00" else self.question.scope)
            .sum()
        )

    def _by_area(self, values: np.ndarray) -> pd.Series:
        return pd.Series(values).groupby(self.home_area.to_numpy()).sum().reindex(self.codes)

    @cached_property
    def coverage(self) -> pd.Series:
        """The share of people with a facility in reach; missing where it would be nobody and that is not sure."""
        share = self._by_area(self.home_persons * self.is_reached) / self._by_area(self.home_persons)
        is_open = self._by_area(self.is_open & ~self.is_reached & (self.home_persons > 0)) > 0
        return share.mask((share == 0) & (is_open | ~self.known | self.hanging)).where(self.persons.notna())

    @cached_property
    def home_access(self) -> np.ndarray:
        """Places per 1,000 people that each home reaches, by the floating catchment of the view."""
        rows, pairs = self._pairs
        homes = self.raw.homes[["x", "y"]].to_numpy()
        points = metric(rows["lon"], rows["lat"])
        part = np.hypot(*(homes[pairs[:, 0]] - points[pairs[:, 1]]).T) / self.question.limit_m
        edge = np.exp(-0.5)
        weight = np.ones(len(part))
        if self.question.method.endswith("gauss"):
            weight = np.clip((np.exp(-0.5 * part**2) - edge) / (1 - edge), 0, None)
        who = np.bincount(pairs[:, 1], weight * self.home_persons[pairs[:, 0]], minlength=len(rows))
        each = np.divide(
            rows["places"].fillna(0).to_numpy(float), who, out=np.zeros(len(rows)), where=who > 0
        )
        return 1000 * np.bincount(pairs[:, 0], weight * each[pairs[:, 1]], minlength=len(homes))

    @cached_property
    def access(self) -> pd.Series:
        """Places in reach per 1,000 people: the mean over the people of an area."""
        mean = self._by_area(self.home_access * self.home_persons) / self._by_area(self.home_persons)
        is_open = self._by_area(self.is_open & (self.home_access == 0) & (self.home_persons > 0)) > 0
        return mean.mask((mean == 0) & (is_open | ~self.known | self.hanging)).where(self.persons.notna())

    @cached_property
    def served_most_here(self) -> float:
        """How many people of the scope can be given a place at the norm at most, if nobody else comes."""
        rows, pairs = self._pairs
        is_here = self.home_area.isin(self.codes).to_numpy()
        room = rows["places"].fillna(0).to_numpy(float) * 1000 / self.norm
        return most_served(np.where(is_here, np.nan_to_num(self.home_persons), 0.0), room, pairs)

    @cached_property
    def _gaps(self) -> pd.DataFrame:
        """
        Return the people of each home in three worlds: as listed, as good and as bad as what is unknown can be.

        `gap`: over capacity or out of reach for certain; `least`: where those of whom nothing is certain take no listed
        place; `most`: where there is nothing but what is listed. `out`, `most_out`: nothing in reach, likewise.
        """
        rows, pairs = self._pairs
        persons = np.nan_to_num(self.home_persons)
        room = rows["places"].fillna(0).to_numpy(float) * 1000 / self.norm
        is_small = rows["places"].notna().to_numpy()
        has_known, has_unknown = np.zeros(len(persons), dtype=bool), np.zeros(len(persons), dtype=bool)
        has_known[pairs[is_small[pairs[:, 1]], 0]] = True
        has_unknown[pairs[~is_small[pairs[:, 1]], 0]] = True
        is_unsure = self.is_open | has_unknown
        rest = persons * (1 - fair_shares(persons, room, pairs))
        alone = np.where(is_unsure, 0.0, persons)
        rest_alone = alone * (1 - fair_shares(alone, room, pairs))
        gap = np.where(is_unsure, 0.0, rest)
        most, has_some = rest, has_known | has_unknown
        is_hanging, may = self._hanging
        if is_hanging.any():
            # At best all who may have a place of a town in reach have it; those of a gmina share all that they may.
            is_theirs = is_hanging & ~is_unsure
            alone = np.where(is_hanging, 0.0, alone)
            rest_alone = alone * (1 - fair_shares(alone, room, pairs)) + self._left_of_gminas(
                np.where(is_theirs, persons, 0.0),
                np.where(is_small, room, np.inf),
                np.concatenate([pairs, may]),
            )
            # At worst nobody has.
            is_lost = np.isin(np.arange(len(room)), may[:, 1])
            most = persons * (1 - fair_shares(persons, np.where(is_lost, 0.0, room), pairs))
            has_some = np.zeros(len(persons), dtype=bool)
            has_some[pairs[~is_lost[pairs[:, 1]], 0]] = True
        return pd.DataFrame(
            {
                "served": persons - rest,
                "over": np.where(has_known, gap, 0.0),
                "out": np.where(has_known, 0.0, gap),
                "no_data": np.where(is_unsure, rest, 0.0),
                "gap": gap,
                "least": np.minimum(np.where(is_unsure, 0.0, rest_alone), gap),
                "most": np.maximum(most, gap),
                "least_out": np.where(has_known | is_hanging, 0.0, gap),
                "most_out": np.where(has_some, 0.0, most),
            }
        )

    def _left_of_gminas(self, persons: np.ndarray, room: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        """Return who of each gmina is left over when its people alone have all the room that any of them reaches."""
        gminas = self.raw.homes["gmina_code"].to_numpy()
        near = pairs[persons[pairs[:, 0]] > 0]
        reached = pd.DataFrame({"gmina": gminas[near[:, 0]], "room": near[:, 1]}).drop_duplicates()
        there = pd.Series(room[reached["room"]]).groupby(reached["gmina"].to_numpy()).sum()
        wanted = pd.Series(persons).groupby(gminas).sum()
        share = (
            (there.reindex(wanted.index, fill_value=0.0) / wanted.where(wanted > 0)).clip(upper=1).fillna(1)
        )
        return persons * (1 - pd.Series(gminas).map(share).to_numpy())

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """The same people by area, unrounded."""
        sums = self._gaps.groupby(self.home_area.to_numpy()).sum().reindex(self.codes)
        return sums.where(self.persons.notna(), axis="index")

    @property
    def all_gminas(self) -> float:
        """Gminas of the scope."""
        return len(self.raw.country.codes("gmina", self.question.scope))

    @property
    def known_gminas(self) -> float:
        """Those whose number of people is known."""
        return int(
            self.gmina_persons.reindex(self.raw.country.codes("gmina", self.question.scope)).notna().sum()
        )

    def _lacking(self, world: str) -> float:
        """Return the places that the people of a world would have at the norm: whole ones for each voivodeship."""
        of_voivodeship = self.gaps[world].groupby(self.gaps.index.str[:2]).sum()
        return float(np.ceil(of_voivodeship * self.norm / 1000 - _HAIR).sum())

    @property
    def missing_places(self) -> float:
        """Places missing to the norm in the scope, as far as the lists tell."""
        return self._lacking("gap")

    @property
    def certain_missing_places(self) -> float:
        """The same where nothing is unsure: a number without a range must be this."""
        return self._if(self.least_missing_places == self.most_missing_places)

    @property
    def floor_missing_places(self) -> float:
        """The same where there may be more but not fewer: "at least"."""
        return self._if(self.least_missing_places == self.missing_places < self.most_missing_places)

    @property
    def ceiling_missing_places(self) -> float:
        """The same where there may be fewer but not more: "at most"."""
        return self._if(self.least_missing_places < self.missing_places == self.most_missing_places)

    def _if(self, is_so: bool) -> float:
        return self.missing_places if is_so else math.nan

    @property
    def least_missing_places(self) -> float:
        """Where all that is unknown is as good as it can be."""
        return min(self._lacking("least"), self.missing_places)

    @property
    def most_missing_places(self) -> float:
        """Where there is nothing but what is listed."""
        return max(self._lacking("most"), self.missing_places)

    @property
    def out_persons(self) -> float:
        """People of the scope who have nothing in reach for certain."""
        return float(self.gaps["least_out"].sum())

    @cached_property
    def gap_share(self) -> pd.Series:
        """The part that is missing of what the norm gives; missing where "at least nothing" would be told."""
        is_told = (self.gaps["gap"] > _HAIR) | (self.gaps["most"] - self.gaps["gap"] <= _HAIR)
        return (self.gaps["gap"] / self.persons).where(is_told)

    # The register's own queue and free places, and the forecast.

    @cached_property
    def _queues(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Rows of the registers of the scope that state free places or a queue: those for the group, and all."""
        registers, form = self.raw.registers, self.question.form
        own, everybody = registers.services(form, self.question.group), registers.homes
        if form == "CAL-DPS":
            others = registers.dps_lodzkie
            is_theirs = [registers.may_be_for(text, self.question.group) for text in others["text"]]
            own, everybody = pd.concat([own, others[is_theirs]]), pd.concat([everybody, others])
        return tuple(
            rows[rows["gmina_code"].fillna(rows["powiat_code"]).str.startswith(self._prefix)]
            for rows in (own, everybody)
        )

    def _stating(self, *columns: str) -> float:
        own = self._queues[0]
        return own[own[list(columns)].notna().any(axis="columns")].groupby(["source", "facility"]).ngroups

    @property
    def _prefix(self) -> str:
        return "" if self.question.scope == "00" else self.question.scope

    @property
    def vacant(self) -> float:
        """Free places for the group in the scope."""
        return float(self._queues[0]["vacant"].sum())

    @property
    def waiting(self) -> float:
        """Persons waiting for them."""
        return float(self._queues[0]["waiting"].sum())

    @property
    def all_vacant(self) -> float:
        """Free places of the form, also for others."""
        return float(self._queues[1]["vacant"].sum())

    @property
    def all_waiting(self) -> float:
        """Persons waiting for them."""
        return float(self._queues[1]["waiting"].sum())

    @property
    def stating(self) -> float:
        """Facilities that state free places and a queue; one alone is told apart."""
        is_same = self.stating_vacant == self.stating_waiting
        return self._stating("vacant", "waiting") if is_same else math.nan

    @property
    def stating_vacant(self) -> float:
        """Facilities that state free places."""
        return self._stating("vacant")

    @property
    def stating_waiting(self) -> float:
        """Facilities that state a queue."""
        return self._stating("waiting")

    @property
    def registered(self) -> float:
        """Facilities for the group in the scope, without those of a scenario."""
        return float(self.at(scenario="").facilities.sum())

    @property
    def listed(self) -> float:
        """Facilities for the group in the scope."""
        return float(self.facilities.sum())

    @property
    def listed_places(self) -> float:
        """Places for the group in the scope."""
        return float(self.places.sum())

    @property
    def queue_day(self) -> float:
        """The newest day of the registers' queues, as yyyymmdd."""
        return float(max(self._queues[0]["as_of"]).replace("-", ""))

    @property
    def first_queue_day(self) -> float:
        """The oldest."""
        return float(min(self._queues[0]["as_of"]).replace("-", ""))

    def _to_keep(self, year: int) -> pd.Series:
        """
        Return the places that each voivodeship has to add so that the rate of its parts stays what it is.

        Parts are powiats of a form that people come to from anywhere, else gminas; those of which it is not known are
        left out.
        """
        now = self.at(level=self._part_level, year=0, indicator="places_per_1000")
        then = now.at(year=year)
        added = (now.places * then.persons / now.persons - now.places).clip(lower=0)
        return np.ceil(added.groupby(added.index.str[:2]).sum(min_count=1) - _HAIR)

    @property
    def _part_level(self) -> str:
        return "powiat" if self.question.form in _WIDE else "gmina"

    def shortfall(self) -> float:
        """Return how many places fewer than the norm stand in the parts of each voivodeship, whole, in the scope."""
        parts = self.at(level=self._part_level)
        fewer = (self.norm * parts.persons / 1000 - parts.places).clip(lower=0)
        return float(np.ceil(fewer.groupby(fewer.index.str[:2]).sum(min_count=1) - _HAIR).sum())

    @property
    def keep_2030(self) -> float:
        """Places to be added until 2030 to keep today's rate."""
        return float(self._to_keep(2030).sum())

    @property
    def keep_2035(self) -> float:
        """Until 2035."""
        return float(self._to_keep(2035).sum())

    @property
    def keep_known(self) -> float:
        """Voivodeships of which that is known."""
        return int(self._to_keep(2035).notna().sum())

    @property
    def voivodeships(self) -> float:
        """Voivodeships of the scope."""
        return len(self._to_keep(2035))

    # The answer of the view and what its sentences count.

    @cached_property
    def value(self) -> pd.Series:
        """The indicator of the view."""
        return {
            "places_per_1000": lambda: self.rate,
            "facilities_count": lambda: self.facilities,
            "coverage_share": lambda: self.coverage,
            "access_per_1000": lambda: self.access,
            "gap_share": lambda: self.gap_share,
        }.get(self.question.indicator, lambda: self.kind_rate(self.question.indicator))()

    @property
    def areas(self) -> float:
        """All areas of the view."""
        return len(self.codes)

    @property
    def zero_areas(self) -> float:
        """Areas where there is surely nothing."""
        return int((self.value == 0).sum())

    @property
    def told_areas(self) -> float:
        """Areas of a complete register of which the answer is known."""
        return int((self.value.notna() & self.known).sum())

    @property
    def some_areas(self) -> float:
        """Areas with an answer above nothing."""
        return int((self.value > 0).sum())

    @property
    def full_areas(self) -> float:
        """Areas where everybody has one in reach; of which it is told only where it is so of all that are known."""
        known = self.value.dropna()
        return len(known) if (known > 1 - _HAIR**2).all() else math.nan

    # Organisation of services, and what is known.

    @cached_property
    def _states(self) -> pd.Series:
        """What is known of a CUS in each gmina; `ops` only where the list of CUS is complete (Małopolska)."""
        registers = self.raw.registers
        found = registers.cus_states.reindex(self.codes)
        return found.mask(found.isna() & self.codes.isin(list(registers.ops_gminas)), "ops")

    @property
    def cus_areas(self) -> float:
        """Gminas with a working CUS."""
        return int((self._states == "cus").sum())

    @property
    def cus_preparing_areas(self) -> float:
        """Gminas with a planned one."""
        return int((self._states == "preparing").sum())

    @property
    def cus_without_areas(self) -> float:
        """Gminas with an OPS alone."""
        return int((self._states == "ops").sum())

    @property
    def cus_known_areas(self) -> float:
        """Gminas of which anything of it is known."""
        return int(self._states.notna().sum())

    @property
    def cus_unknown_areas(self) -> float:
        """The others."""
        return int(self._states.isna().sum())

    @property
    def plan_areas(self) -> float:
        """Areas of the level that have adopted a local plan."""
        plans = self.raw.registers.plan_gminas
        return sum(plans.get(code) == "przyjęty" for code in self.codes)

    @property
    def plan_known_areas(self) -> float:
        """Areas of the level of whose plan anything is known."""
        return sum(code in self.raw.registers.plan_gminas for code in self.codes)

    @property
    def plan_preparing_areas(self) -> float:
        """Areas that prepare one; the list has none."""
        return 0

    @property
    def plan_without_areas(self) -> float:
        """Areas that are listed as having none; the list has none."""
        return self.plan_known_areas - self.plan_areas

    @property
    def plan_unknown_areas(self) -> float:
        """The others."""
        return self.areas - self.plan_known_areas

    @property
    def gap_areas(self) -> float:
        """Areas without a complete register."""
        return int((~self.known).sum())

    @property
    def review_days(self) -> float:
        """How long a record of the form is fresh; a choice of ours and no figure."""
        return 365

    @property
    def today(self) -> float:
        """The day of the calendar, as yyyymmdd."""
        return int(f"{date.today():%Y%m%d}")  # noqa: DTZ011 - as the page counts ages

    # How evenly.

    @cached_property
    def _exact(self) -> pd.Series:
        value = self.value[self.known & self.value.notna()]
        if self.question.indicator == "access_per_1000":
            is_open = self._by_area(self.is_open & (self.home_persons > 0)) > 0
            value = value[~(is_open | self.hanging).reindex(value.index)]
        return value

    @property
    def exact_areas(self) -> float:
        """Areas whose figure is exact."""
        return len(self._exact)

    @property
    def left_out_areas(self) -> float:
        """The other areas."""
        return len(self.codes) - len(self._exact)

    @property
    def gini(self) -> float:
        """Gini coefficient."""
        return gini(self._exact, self.persons[self._exact.index])

    @cached_property
    def _theil(self) -> tuple[float, float, float]:
        # All voivodeships are in one country.
        larger = {"gmina": 4, "powiat": 2, "voivodeship": 0}[self.question.level]
        groups = pd.Series(self._exact.index.str[:larger], index=self._exact.index)
        return theil(self._exact, self.persons[self._exact.index], groups)

    @property
    def theil(self) -> float:
        """Theil index."""
        return self._theil[0]

    @property
    def theil_within(self) -> float:
        """Its part within powiats or voivodeships."""
        return self._theil[1]

    @property
    def theil_between(self) -> float:
        """Its part between them."""
        return self._theil[2]

    @property
    def best_share(self) -> float:
        """What the best-served tenth of people has of everything."""
        return served_shares(self._exact, self.persons[self._exact.index])[0]

    @property
    def worst_share(self) -> float:
        """What the worst-served 40 % have."""
        return served_shares(self._exact, self.persons[self._exact.index])[1]

    @property
    def palma(self) -> float:
        """The one over the other."""
        return self.best_share / self.worst_share

    # Parameters of the view that a sentence repeats.

    @property
    def distance(self) -> float:
        """How far is near, in kilometres."""
        return self.question.distance_km

    @property
    def detour(self) -> float:
        """What a road is longer than the line."""
        return self.question.detour_pct / 100

    @property
    def age(self) -> float:
        """From which age people are older."""
        return self.question.age_from

    @property
    def year(self) -> float:
        """The year of the view."""
        return self.question.year

    @property
    def people_day(self) -> float:
        """The day on which the people were counted, as yyyymmdd."""
        asked = self.question
        day = COUNTED_ON.get(asked.group) or self.raw.people.homeless_night(asked.scope)
        return int(day.replace("-", ""))

    @property
    def residents_day(self) -> float:
        """The day of the residents that an estimate is spread by, as yyyymmdd."""
        return int(COUNTED_ON["older"].replace("-", ""))

    def file_of(self, name: str) -> str:
        """Return the raw file that a figure comes from first."""
        if name in {"persons", "people_day", "residents_day"}:
            return _PEOPLE_FILES[self.question.group]
        return _REGISTER_FILES.get((self.question.form, self.question.scope), "registers/")

    # New sites, and one area.

    def with_sites(self, sites: list[dict]) -> "ExpectedSites":
        """Return the figures of this view and of the same with facilities opened at some localities."""
        return ExpectedSites(self.raw, self.question, sites)

    def at(self, **changes: object) -> "Expected":
        """Return the figures of the same view with other choices."""
        return Expected(self.raw, replace(self.question, **changes))


class ExpectedSites(Expected):
    """A view with new sites: what is missing before, and after they stand."""

    def __init__(self, raw: Raw, question: Question, sites: list[dict]) -> None:
        super().__init__(raw, question)
        self.sites = sites

    @property
    def sites_count(self) -> float:
        """How many sites there are."""
        return len(self.sites)

    @property
    def sites_places(self) -> float:
        """Their places."""
        return sum(site["places"] for site in self.sites)

    @cached_property
    def missing_after(self) -> float:
        """Places that are missing when they stand."""
        form = self.question.form
        opened = [{"kind": "open", "support_form": form, **site} for site in self.sites]
        scenario = {"title": "", "support_form": form, "need_group": self.question.group, "changes": opened}
        return self.at(scenario=packed(scenario)).missing_places

    @property
    def closed(self) -> float:
        """By how much fewer are missing."""
        return self.missing_places - self.missing_after


_PEOPLE_FILES = {
    "older": "population/LUDN_2137_CTAB_20210625164329.csv, gus_projection_malopolska_powiats.csv",
    "disabled": "population/demand_voivodeship.csv",
    "homeless": "population/demand_voivodeship.csv, demand_gmina.csv",
}
_REGISTER_FILES = {
    ("CAL-DPS", "12"): "registers/malopolskie/dps_vacancies_2026-07-15.xlsx",
    ("CAL-DPS", "04"): "registers/kujawsko-pomorskie/dps_vacancies_2026-07-05.xls",
    ("DZI-SDS", "12"): "registers/malopolskie/sds_2026.xlsx",
    ("DZI-KLS", "12"): "registers/malopolskie/senior_plus_2026-06-02.xlsx",
    ("DZI-DDS", "12"): "registers/malopolskie/senior_plus_2026-06-02.xlsx",
    ("BEZ-SCH", "12"): "registers/compiled/homelessness.csv",
    ("REI-WTZ", "12"): "registers/compiled/disability.csv",
}
