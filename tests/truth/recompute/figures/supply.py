"""Facilities and their places, in each area and for each 1,000 people."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.demand import Demand
from tests.truth.recompute.registers.registers import COMPLETE

_KINDS = {
    ("older", "day_per_1000"): ("DZI-KLS", "DZI-DDS", "DZI-DDP"),
    ("older", "round_the_clock_per_1000"): ("CAL-DPS",),
    ("disabled", "day_per_1000"): ("DZI-SDS", "DZI-KSP", "DZI-DDP", "DZI-COM", "REI-WTZ"),
    ("disabled", "round_the_clock_per_1000"): ("CAL-DPS",),
}
"""Forms whose places are added up in a kind of support, as far as any list states places."""
_WIDE = ("CAL-DPS", "BEZ-SCH")
"""Forms that people come to from anywhere."""
_FRESH_DAYS = {"BEZ-SCH": 180}
"""How long a row of a form is fresh where it is no year (data/vocabulary/support_forms.csv: a rule and no figure)."""
NEWEST_REGISTER = "2026-06-30"
"""The newest day that a register of the mirror speaks of: care homes of Małopolska, dps_vacancies_2026-07-15.xlsx."""
HAIR = 1e-6
"""Sums of fractions differ in their last digits."""


class Supply(Demand):
    """The facilities that stand in the areas of a view."""

    @property
    def part_level(self) -> str:
        """The areas that are asked for themselves, and added up in larger ones."""
        return "powiat" if self.question.form in _WIDE else "gmina"

    @cached_property
    def known(self) -> pd.Series:
        """Whether nothing listed in an area means that there is nothing."""
        asked = self.question
        return self.raw.known(asked.form, asked.group, digits=self.digits).reindex(self.codes)

    @cached_property
    def _here(self) -> pd.DataFrame:
        asked = self.question
        return self._with_areas(self.raw.facilities(asked.form, asked.group, asked.scenario))

    def _with_areas(self, rows: pd.DataFrame) -> pd.DataFrame:
        # Where only the powiat or the voivodeship is read, it is enough for areas as large.
        known = rows[["gmina_code", "powiat_code"]].fillna("")
        in_voivodeship = (
            rows.get("voivodeship_code", known["powiat_code"]).fillna(known["powiat_code"]).str[:2]
        )
        longest = known["gmina_code"].where(known["gmina_code"] != "", known["powiat_code"])
        code = longest.where(longest != "", in_voivodeship)
        is_enough = code.str.len() >= self.digits
        return rows.assign(area=code.str[: self.digits].where(is_enough), voivodeship_code=in_voivodeship)

    @property
    def unplaced(self) -> float:
        """Facilities of the scope of which no area of the level is known: the lists name a village that two have."""
        here = self._here[self._here["voivodeship_code"].str.startswith(self._prefix)]
        return int((~here["area"].isin(self.codes)).sum())

    @cached_property
    def facilities(self) -> pd.Series:
        """Facilities in each area; missing where nothing is listed and no register is complete."""
        count = self._here.groupby("area").size().reindex(self.codes, fill_value=0).astype(float)
        return count.mask((count == 0) & ~self.known)

    @cached_property
    def places(self) -> pd.Series:
        """Places in each area; missing where those of any facility are: no level can be made of a part."""
        total = self._here.groupby("area")["places"].sum(skipna=False)
        found = total.reindex(self.codes)
        return found.mask(self.facilities == 0, 0.0)

    @cached_property
    def stated_places(self) -> pd.Series:
        """Places that facilities state: of an area where some state none the places of the others; else missing."""
        stated = self._here.groupby("area")["places"].sum(min_count=1).reindex(self.codes)
        return stated.mask(stated == 0).mask(self.facilities == 0, 0.0)

    @property
    def list_days(self) -> float:
        """How many days a row of the form is fresh, as the vocabulary says."""
        return _FRESH_DAYS.get(self.question.form, 365)

    def _is_stale(self, stated: pd.Series) -> pd.Series:
        """Return which days as they are written are older than that on the newest day of a register, or none."""
        # A month or a year stands for its first day.
        first = (stated.fillna("").astype(str) + "-01-01").str.extract(r"^(\d{4}-\d\d-\d\d)")[0]
        age = pd.Timestamp(NEWEST_REGISTER) - pd.to_datetime(first)
        return ~(age <= pd.Timedelta(days=self.list_days))

    def _is_gone(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows, with their areas, are of no complete register and too old: what they name may be gone."""
        is_complete = rows["voivodeship_code"].isin(COMPLETE.get(self.question.form, ()))
        return self._is_stale(rows["as_of"]) & ~is_complete & rows["source"].notna()

    def _has_old_places(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows have places of another list, of a day too old: they may be more or fewer by now."""
        if "places_as_of" not in rows:
            return pd.Series(data=False, index=rows.index)
        return self._is_stale(rows["places_as_of"]) & rows["places_as_of"].notna() & rows["places"].notna()

    @cached_property
    def may_be_gone(self) -> pd.Series:
        """Areas with a row that may be gone."""
        rows = self._here
        return self._is_gone(rows).groupby(rows["area"]).any().reindex(self.codes, fill_value=False)

    @cached_property
    def places_are_old(self) -> pd.Series:
        """Areas with old places of another list."""
        rows = self._here
        return self._has_old_places(rows).groupby(rows["area"]).any().reindex(self.codes, fill_value=False)

    @cached_property
    def _of_other_lists(self) -> pd.DataFrame:
        """Facilities of the areas whose places another list tells: `places_as_of`, empty where it states no day."""
        rows = self._here[self._here["area"].isin(self.codes)]
        if "places_as_of" not in rows:
            return rows.iloc[:0].assign(places_as_of="")
        return rows[rows["places_as_of"].notna() & rows["places"].notna()]

    @property
    def other_list_facilities(self) -> float:
        """How many these are."""
        return float(len(self._of_other_lists))

    @property
    def other_list_oldest_day(self) -> float:
        """The oldest whole day that such a list states, as yyyymmdd."""
        return self._other_list_days[0]

    @property
    def other_list_last_year(self) -> float:
        """The year of the newest."""
        return self._other_list_days[-1] // 10_000

    @property
    def _other_list_days(self) -> list[int]:
        stated = self._of_other_lists["places_as_of"]
        return sorted(int((day + "-12-31" * (len(day) == 4)).replace("-", "")) for day in stated if day)

    @cached_property
    def _list_days(self) -> pd.Series:
        # A row that states no places gives their number no day, and of another list's that list does.
        here = self._here[self._here["area"].isin(self.codes) & self._here["places"].notna()]
        own = here.get("places_as_of", pd.Series(index=here.index, dtype=object))
        stated = own.where(own.notna(), here["as_of"]).fillna("").astype(str)
        return stated[stated != ""].sort_values()

    @property
    def oldest_list_day(self) -> float:
        """The oldest day that a row states, as yyyymmdd."""
        return int(self._list_days.iloc[0].replace("-", ""))

    @property
    def list_first_year(self) -> float:
        """Its year."""
        return int(self._list_days.iloc[0][:4])

    @property
    def list_last_year(self) -> float:
        """The year of the newest."""
        return int(self._list_days.iloc[-1][:4])

    @cached_property
    def own_places(self) -> pd.Series:
        """The places of them that are for nobody but the group."""
        rows = self._here
        own = rows["own_places"].fillna(rows["places"]) if "own_places" in rows else rows["places"]
        return own.groupby(rows["area"]).sum().reindex(self.codes).where(self.places != 0, self.places)

    @cached_property
    def rate_persons(self) -> pd.Series:
        """People that rates are of: fewer than 100 whom nobody counted in the area are none."""
        if not self.question.is_estimate or self.question.group == "older":
            return self.persons
        is_counted = self.at(is_estimate=False).persons.notna()
        return self.persons.where(is_counted | (self.persons >= 100))

    @cached_property
    def rate(self) -> pd.Series:
        """Places per 1,000 people; none where more than half of the facilities state no places."""
        silent = self._here[self._here["places"].isna()].groupby("area").size()
        is_mostly = 2 * silent.reindex(self.codes, fill_value=0) > self.facilities
        return (1000 * self.stated_places / self.rate_persons).mask(is_mostly)

    @property
    def only_rate(self) -> float:
        """The rate of the only area of a view."""
        return float(self.rate.iloc[0]) if len(self.rate) == 1 else float("nan")

    def kind_rate(self, kind: str) -> pd.Series:
        """Places of a kind of support per 1,000 people, as far as they are stated; missing where none are."""
        total = pd.Series(0.0, index=self.codes)
        for form in _KINDS[self.question.group, kind]:
            here = self.at(form=form, scenario="")._here
            total += here.groupby("area")["places"].sum().reindex(self.codes, fill_value=0.0)
        return 1000 * total.where(total > 0) / self.rate_persons

    @cached_property
    def _shared(self) -> pd.DataFrame:
        """Rows of profiles in its areas whose places are not for the group alone."""
        rows = self._with_areas(self.raw.registers.shared(self.question.form, self.question.group))
        return rows[rows["area"].isin(self.codes)]

    @property
    def shared_facilities(self) -> float:
        """Facilities that are for other people too, or of unknown profile."""
        return float(self._shared["facility"].nunique())

    @property
    def shared_places(self) -> float:
        """Their places, as far as they are stated."""
        return float(self._shared["places"].sum())

    @cached_property
    def _apart(self) -> pd.DataFrame:
        """Rows of profiles in the scope that are not for the group, of facilities with none that is."""
        rows = self._not_for_group
        ours = self.raw.facilities(self.question.form, self.question.group)
        return rows[~rows["facility"].isin(ours["facility"])]

    @cached_property
    def _not_for_group(self) -> pd.DataFrame:
        return self._in_scope(self.raw.registers.not_for(self.question.form, self.question.group))

    @cached_property
    def _for_group(self) -> pd.DataFrame:
        """Facilities for the group in the scope, wherever in it they stand."""
        asked = self.question
        return self._in_scope(self.raw.facilities(asked.form, asked.group, asked.scenario))

    def _in_scope(self, found: pd.DataFrame) -> pd.DataFrame:
        rows = self._with_areas(found)
        codes = rows["voivodeship_code"].astype(object)
        for smaller in ("powiat_code", "gmina_code"):
            if smaller in rows:
                codes = rows[smaller].astype(object).where(rows[smaller].notna(), codes)
        return rows[codes.str.startswith(self._prefix).astype(bool)]

    @property
    def _beside(self) -> pd.DataFrame:
        rows = self._not_for_group
        return rows[~rows["facility"].isin(self._apart["facility"])]

    @property
    def beside_facilities(self) -> float:
        """Facilities for the group that have places for other people alone."""
        return float(self._beside.groupby(["source", "facility"]).ngroups)

    @property
    def beside_places(self) -> float:
        """These places."""
        return float(self._beside["places"].sum())

    @property
    def whole_facilities(self) -> float:
        """All facilities of the form in the scope, for whomever they are."""
        return len(self._for_group) + self.others_facilities

    @property
    def whole_places(self) -> float:
        """Their places, as far as they are stated."""
        return float(self._for_group["places"].sum()) + self.not_for_places

    @property
    def group_places(self) -> float:
        """Those for the group."""
        return float(self._for_group["places"].sum())

    @property
    def alone_places(self) -> float:
        """Those for the group and nobody else."""
        rows = self._for_group
        own = rows["own_places"].fillna(rows["places"]) if "own_places" in rows else rows["places"]
        return float(own.where(rows["places"].notna()).sum())

    @property
    def by_choice_places(self) -> float:
        """Those of homes for (somatically) chronically ill people alone, whom the law names apart from older ones."""
        registers, asked = self.raw.registers, self.question
        rows = pd.concat([part(asked.form, asked.group) for part in (registers.services, registers.others)])
        rows = self._in_scope(rows[~registers.is_shared(rows, asked.form, asked.group)])
        said = rows["subtype"].astype(object)
        said = said.where(said.notna(), rows["text"]).astype(str)
        is_ill = said.str.contains("somatycznie") & ~said.str.contains("podeszłym")
        return float(rows.loc[is_ill, "places"].sum())

    @property
    def without_choice_places(self) -> float:
        """Places for the group and nobody else without them."""
        return self.alone_places - self.by_choice_places

    @property
    def not_for_places(self) -> float:
        """Those for other people, in homes of their own and beside places of the group."""
        return float(self._not_for_group["places"].sum())

    @property
    def others_facilities(self) -> float:
        """Facilities of the form that are for other people alone."""
        return float(self._apart.groupby(["source", "facility"]).ngroups)

    @property
    def others_places(self) -> float:
        """Their places, as far as they are stated."""
        return float(self._apart["places"].sum())

    @property
    def mental_places(self) -> float:
        """Places of the form for mentally ill people alone, whom the map has no group for."""
        return self._places_of_no_group("psychicznie|^[AC]")

    @property
    def addiction_places(self) -> float:
        """Places for people with an addiction alone."""
        return self._places_of_no_group("uzależnion")

    @property
    def type_a_places(self) -> float:
        """Places of self-help homes of type A alone."""
        return self._places_of_type("A")

    @property
    def type_ac_places(self) -> float:
        """Those of types A and C."""
        return self._places_of_type("AC")

    @property
    def type_c_places(self) -> float:
        """Those of type C alone."""
        return self._places_of_type("C")

    def _places_of_type(self, letters: str) -> float:
        rows = self._not_for_group
        found = rows["subtype"].str.findall("[A-D]").map(sorted).str.join("")
        return float(rows.loc[found == letters, "places"].sum())

    def _places_of_no_group(self, profile: str) -> float:
        rows = self._not_for_group
        rows = rows[~rows["subtype"].str.contains("podeszłym|somatycznie|intelektualnie|fizycznie|[BD]")]
        return float(rows.loc[rows["subtype"].str.contains(profile), "places"].sum())

    @property
    def gap_areas(self) -> float:
        """Areas without a complete register."""
        return int((~self.known).sum())

    @property
    def registered(self) -> float:
        """Facilities for the group in the scope, without those of a scenario: also those of which no area is known."""
        today = self.at(scenario="")
        return float(today.facilities.sum()) + today.unplaced

    @property
    def listed(self) -> float:
        """Facilities for the group in the scope."""
        return float(self.facilities.sum())

    @property
    def stating_places(self) -> float:
        """Those of them that state their places."""
        here = self._here[self._here["area"].isin(self.codes)]
        stated = here.groupby(["source", "facility"])["places"].apply(lambda places: places.notna().all())
        return float(stated.sum())

    @property
    def listed_areas(self) -> float:
        """Areas with a facility for the group."""
        return int((self.facilities > 0).sum())
