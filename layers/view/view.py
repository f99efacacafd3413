"""What a person is looking at, as a value that is also the address of the page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from data.vocabulary import can_be_own, forms_for_group, is_wide, screen_groups, support_forms
from data.vocabulary.languages import DEFAULT_LANGUAGE, LANGUAGES
from geo.teryt import ALL_VOIVODESHIPS, CODE_DIGITS, COUNTRY, Level
from layers.indicators import INDICATORS
from layers.indicators.balance import FORMER
from layers.indicators.indicator import LEVELS, Indicator
from layers.view import parameters
from layers.view.offered import (
    AGES,
    DETOURS_PCT,
    DISTANCES_KM,
    FIRST_FORMS,
    METHODS,
    MINUTES,
    TRAVELS,
    YEARS,
    Method,
    Travel,
    offered_km,
)
from layers.view.question import Question, first_indicator

_FORM_SEPARATOR = "."
_OF_QUESTION = tuple(field.name for field in fields(Question))
_OF_OPENING = frozenset({"lang", "scope", "group", "place", "forms"})
"""What an address may say and still ask for what is shown first; a resident's choices change nothing of a map."""


@dataclass(frozen=True)
class View:
    """
    Everything that a page needs to be shown again: its address is the view.

    Attributes
    ----------
    lang
        `pl`, `uk` or `en`.
    scope
        `00` (Poland) or the code of a voivodeship.
    level
        `gmina`, `powiat` or `voivodeship`.
    group, form
        Codes of the vocabulary; the form is always one that is meant for the group.
    indicator
        One of `layers.indicators.INDICATORS`.
    distance_km, minutes, travel, detour_pct
        How far is near: a straight line times a detour (`line`) up to `distance_km`, or a way by `car` or on `foot`
        up to `minutes`.
    age_from
        From which age people are older; matters for that group alone.
    own
        Whether only residents of its own gmina come to a facility; of the forms that councils decide on.
    is_estimate
        Whether people that are known only for a larger area may be spread over its parts.
    norm
        Places per 1,000 people that a planner wants; 0 for the default of the scope.
    method
        Of access: a floating catchment and its decay.
    year
        0 for the people of now, or a year at whose end they were counted or are projected.
    since
        The day (ISO) that the balance of support is compared with; empty for none.
    scenario
        A scenario packed for a link (`data.scenarios.text`); its changes are part of every number. Empty for none.
    costs
        Unit costs of forms, packed by `layers.view.unit_costs`; they change no figure but costs.
    costs_group
        Whose forms a cost diagnosis is about; empty for those of all groups.
    siting
        How many new sites of what size for how much money are looked for, packed by `layers.view.siting_request`.
        Empty for the default.
    other, other_scenario
        What the second of two maps shows instead: `y2035` (a year), `s24` (a voivodeship), `d2026-05-31` (a day of the
        registry), `c` (a scenario, `other_scenario`; empty: none). Empty for the first that is offered.
    chosen
        Code of the area whose card is open, or empty.
    place
        The resident's place: `l:` and a locality's key, `g:` and a gmina's code, `p:` and a rounded point, or empty.
    forms
        The resident's choice of forms; empty for all forms of the group.
    day
        The registry of that day (ISO), as planner and coordinator ask for it; empty for now.
    classes
        Limits of the classes of a map that a planner set (`layers.view.class_limits`); empty for those of the method.
    needs
        Whether the planner's map shows what readers reported that they did not find.
    """

    lang: str = DEFAULT_LANGUAGE
    scope: str = Question.scope
    level: Level = Question.level
    group: str = Question.group
    form: str = Question.form
    indicator: str = Question.indicator
    distance_km: int = Question.distance_km
    travel: Travel = Question.travel
    minutes: int = Question.minutes
    detour_pct: int = Question.detour_pct
    own: bool = Question.own
    age_from: int = Question.age_from
    is_estimate: bool = Question.is_estimate
    norm: float = Question.norm
    method: Method = Question.method
    year: int = Question.year
    since: str = Question.since
    scenario: str = Question.scenario
    costs: str = ""
    costs_group: str = ""
    siting: str = ""
    other: str = ""
    other_scenario: str = ""
    chosen: str = ""
    place: str = ""
    forms: tuple[str, ...] = ()
    day: str = ""
    classes: str = ""
    needs: bool = False

    @property
    def date(self) -> date | None:
        """The day of the registry; None for now."""
        return date.fromisoformat(self.day) if self.day else None

    @cached_property
    def question(self) -> Question:
        """What its numbers depend on; not language, day, chosen area, limits of classes or a resident's choices."""
        return Question(**{name: getattr(self, name) for name in _OF_QUESTION})

    @classmethod
    def asking(cls, question: Question) -> "View":
        """Return the view that says nothing but a question."""
        return cls(**{field.name: getattr(question, field.name) for field in fields(question)})

    @property
    def what(self) -> Indicator:
        """The chosen indicator."""
        return INDICATORS[self.indicator]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that a person may choose."""
        return self.question.levels

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "View":
        """
        Read a view from the address of a page.

        Anything unknown, malformed or not fitting together gives way to the default (`layers.view.reading` tells
        what); nothing untrusted gets into the view and nothing is raised.
        """
        parsed = cls.parsed(query)
        # A level that the address names is chosen, also where another number takes the place of the one asked for.
        view = parsed.with_changes(**({"level": parsed.level} if query.get("level") == parsed.level else {}))
        if query.get("distance_km") != str(view.distance_km):
            view = replace(view, distance_km=view.question.usual_km)
        return view.settled()

    @classmethod
    def parsed(cls, query: Mapping[str, str]) -> "View":
        """Return each parameter of an address by itself, or its default; together they need not fit."""
        group = parameters.one_of(query.get("group"), screen_groups(), cls.group)
        names = {field.name for field in fields(cls)}.intersection(query)
        scope = parameters.one_of(query.get("scope"), (COUNTRY, *ALL_VOIVODESHIPS), cls.scope)
        form = parameters.one_of(query.get("form"), tuple(support_forms()), FIRST_FORMS[group])
        if query.get("form") not in forms_for_group(group):
            names.discard("form")
        first = (
            first_indicator(scope, group, FIRST_FORMS[group]) if _is_opening(group, names) else cls.indicator
        )
        indicator = parameters.one_of(
            FORMER.get(str(query.get("indicator")), query.get("indicator")), tuple(INDICATORS), first
        )
        return cls(
            lang=parameters.one_of(query.get("lang"), LANGUAGES, cls.lang),
            scope=scope,
            level=parameters.one_of(query.get("level"), LEVELS, INDICATORS[indicator].levels[0]),
            group=group,
            form=form,
            indicator=indicator,
            distance_km=parameters.number_of(query.get("distance_km"), DISTANCES_KM, cls.distance_km),
            travel=parameters.one_of(query.get("travel"), TRAVELS, cls.travel),
            minutes=parameters.number_of(query.get("minutes"), MINUTES, cls.minutes),
            detour_pct=parameters.number_of(query.get("detour_pct"), DETOURS_PCT, cls.detour_pct),
            age_from=parameters.number_of(query.get("age_from"), AGES, INDICATORS[indicator].usual_age),
            own=query.get("own") in parameters.YES,
            is_estimate=query.get("is_estimate") in parameters.YES,
            norm=parameters.norm_of(query.get("norm")),
            method=parameters.one_of(query.get("method"), METHODS, cls.method),
            year=parameters.number_of(query.get("year"), YEARS, cls.year),
            since=parameters.day_of(query.get("since")),
            scenario=parameters.scenario_of(query.get("scenario")),
            costs=parameters.matching(query.get("costs"), parameters.COSTS),
            costs_group=parameters.one_of(query.get("costs_group"), ("", *screen_groups()), cls.costs_group),
            siting=parameters.matching(query.get("siting"), parameters.SITING),
            other=parameters.matching(query.get("other"), parameters.OTHER),
            other_scenario=parameters.scenario_of(query.get("other_scenario")),
            chosen=parameters.matching(query.get("chosen"), parameters.AREA_CODE),
            place=parameters.matching(query.get("place"), parameters.PLACE_KEY),
            forms=tuple(
                form for form in str(query.get("forms", "")).split(_FORM_SEPARATOR) if form in support_forms()
            ),
            day=parameters.day_of(query.get("day")),
            classes=parameters.classes_of(query.get("classes")),
            needs=query.get("needs") in parameters.YES,
        )

    def to_query(self) -> dict[str, str]:
        """Return the parameters of the address; defaults are left out."""
        defaults = _defaults()
        names = set(self.question.to_query())
        names |= {
            name
            for name, default in defaults.items()
            if name not in _OF_QUESTION and getattr(self, name) != default
        }
        if self.question.is_first and not _is_opening(self.group, names):
            names.add("indicator")
        values = {name: getattr(self, name) for name in defaults if name in names}
        return {
            name: _FORM_SEPARATOR.join(value) if name == "forms" else str(value)
            for name, value in values.items()
        }

    def with_changes(self, **changes: Any) -> "View":
        """
        Return a view with other values whose parts still fit together.

        A form that is not meant for the new group gives way to the group's first form, an area outside the new
        scope or of another level is no longer chosen, an indicator brings a level that it can be told for,
        only forms of councils can be kept for own residents,
        a distance or an age that nobody chose is the usual one, and what nobody chose to see is the first of the new
        group.
        """
        view = self._with_first(changes)
        if "age_from" not in changes and self.age_from == self.what.usual_age:
            view = replace(view, age_from=view.what.usual_age)
        if view.level not in view.what.levels:
            view = replace(view, level=view.what.levels[0])
        suitable = forms_for_group(view.group)
        form = view.form if view.form in suitable else FIRST_FORMS[view.group]
        forms = tuple(code for code in suitable if code in view.forms)
        chosen = view.chosen
        is_of_level = len(chosen) == CODE_DIGITS[view.level]
        if not is_of_level or not (view.scope == COUNTRY or chosen.startswith(view.scope)):
            chosen = ""
        own = view.own and can_be_own(form)
        view = replace(view, form=form, forms=forms, chosen=chosen, own=own)
        is_usual = "distance_km" not in changes and self.distance_km == self.question.usual_km
        return replace(view, distance_km=view.question.usual_km) if is_usual else view

    def _with_first(self, changes: Mapping[str, Any]) -> "View":
        """Return the changed view, with what is shown first where nobody chose what, or only other groups have it."""
        view = replace(self, **changes)
        is_new = view.group != self.group or (
            view.scope != self.scope and self.what.levels == ("voivodeship",)
        )
        is_unchosen = is_new and self.question.is_first and "indicator" not in changes
        if not is_unchosen and view.what.is_of_group(view.group):
            return view
        if is_unchosen and "form" not in changes:
            view = replace(view, form=FIRST_FORMS[view.group])
        view = replace(view, indicator=first_indicator(view.scope, view.group, FIRST_FORMS[view.group]))
        is_usual = "level" not in changes and self.level == self.what.levels[0]
        return replace(view, level=view.what.levels[0]) if is_usual else view

    def settled(self) -> "View":
        """
        Return the view as a page may show it to a person.

        Of a form that people come to from anywhere, what lacks is told for powiats and not for gminas; only older
        people are projected or counted by age, and what has no years is of today. Inside, gminas stay the parts that
        larger areas are made of, and beside a number of no year stands what is of one.
        """
        age = self.age_from if self.group == "older" else self.what.usual_age
        view = replace(self, year=self.year if self.question.has_years else View.year, age_from=age)
        return view if view.level in view.levels else view.with_changes(level=view.levels[0])

    def with_choice(self, **changes: Any) -> "View":
        """Return the view after a person has chosen something: changed, with distances of its use, and settled."""
        # A page has dozens of links that choose something: what they say does not hang on the place that was found.
        chosen = _chosen(replace(self, place=""), tuple(changes.items()))
        return replace(chosen, place=changes.get("place", self.place))

    def _with_choice(self, changes: Mapping[str, Any]) -> "View":
        view = self.with_changes(**changes)
        is_other_use = is_wide(view.form) != is_wide(self.form)
        if is_other_use and "distance_km" not in changes and view.distance_km not in offered_km(view.form):
            view = replace(view, distance_km=view.question.usual_km)
        return view.settled()


@lru_cache(maxsize=1024)
def _chosen(view: View, changes: tuple[tuple[str, Any], ...]) -> View:
    return view._with_choice(dict(changes))  # noqa: SLF001 - its own cache


@cache
def _defaults() -> Mapping[str, Any]:
    """Return the default of each field of a view, in their order."""
    return MappingProxyType({field.name: field.default for field in fields(View)})


def _is_opening(group: str, names: Collection[str]) -> bool:
    """
    Tell whether an address with these parameters, and no indicator, asks for what the whole country opens with.

    Of older people whatever says no form does. Of the other groups only what says no more than where and who: links
    that say more were made when they meant places per 1,000 people, and mean it still.
    """
    return "form" not in names if group == "older" else _OF_OPENING.issuperset(names)
