"""A scenario in words: what each change does, why one does not fit, and what is wrong with a text."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from data.registry.registry import Registry
from data.scenarios import MOST_CHANGES, Change, Scenario, ScenarioError
from data.scenarios.scenario import MOST_AREAS
from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from geo.teryt import CODE_DIGITS
from layers.answers.area_table import unit_of
from layers.text import Texts
from layers.words.area_names import names_of_level

_LEVELS = {digits: level for level, digits in CODE_DIGITS.items()}
_PROBLEMS = frozenset(
    {
        "facility_gone",
        "nothing_here",
        "form_gone",
        "locality_gone",
        "locality_elsewhere",
        "point_elsewhere",
        "point_outside",
        "area_gone",
        "places_unknown",
        "not_counted",
    }
)


class ScenarioWords:
    """
    The words of changes, told with the names of a registry.

    Texts that come back are plain, on one line, and not escaped: names in them are of the data.

    Parameters
    ----------
    registry
        The registry of today, without the scenario: a closed facility still has its name there.
    """

    def __init__(self, registry: Registry, texts: Texts) -> None:
        self.registry, self.texts = registry, texts

    def change(self, change: Change, scenario: Scenario) -> str:
        """Return what a change does, as one line."""
        form = scenario.form_of(change)
        values = {
            "form": self.form(form) if form else "",
            "facility": self.facility(change.facility) if change.facility else "",
            "place": self.place(change) if change.gmina_code and change.kind != "admit" else "",
            "gmina": self.area(change.gmina_code) if change.gmina_code else "",
            "areas": ", ".join(self.area(code) for code in change.area_codes),
        }
        if change.kind == "enlarge":
            before = self.places_of(str(change.facility), form)
            values["capacity"] = self.capacity(str(form))
            values["before"] = self.texts.t("scenario.unknown") if before is None else str(before)
            values["after"] = str(change.places)
        key = f"scenario.do_{change.kind}"
        said = self.texts.t(
            "scenario.do_close_form" if change.kind == "close" and change.support_form else key, **values
        )
        if change.kind in {"open", "start_area_service"} and form:
            said = f"{said}, {self.places(change.places, form)}"
        return plain_text(said)

    def problem(self, problem: str, subject: str, change: Change) -> str:
        """Return why a change does not fit, or what it does not do (`data.scenarios.applying.Applied`)."""
        if problem not in _PROBLEMS:
            return plain_text(self.texts.t("scenario.problem_other", subject=subject))
        said = {
            "facility": self.facility(change.facility) if change.facility else "",
            "form": self.form(subject) if subject in support_forms() else subject,
            "locality": self.locality(subject),
            "gmina": self.area(change.gmina_code) if change.gmina_code else "",
            "area": self.area(subject) if problem in {"area_gone", "point_elsewhere"} else "",
        }
        return plain_text(self.texts.t(f"scenario.problem_{problem}", **said))

    def problems(self, problems: pd.DataFrame, scenario: Scenario) -> dict[int, list[str]]:
        """Return the sentences of each change that has any, by its number from 1."""
        said: dict[int, list[str]] = {}
        for row in problems.to_dict("records"):
            change = scenario.changes[int(row["change"]) - 1]
            sentence = self.problem(str(row["problem"]), str(row["subject"]), change)
            said.setdefault(int(row["change"]), []).append(sentence)
        return said

    def problem_lines(self, problems: pd.DataFrame, scenario: Scenario) -> list[str]:
        """Return each problem as a line that names its change, for where the changes do not stand above it."""
        return [
            plain_text(self.texts.t("scenario.problem_of", number=number, problem=sentence))
            for number, sentences in self.problems(problems, scenario).items()
            for sentence in sentences
        ]

    def form(self, code: str) -> str:
        """Return the name of a form."""
        return support_forms()[code].name[self.texts.lang]

    def capacity(self, form: str) -> str:
        """Return what the capacity of a form is counted in, as it follows a number."""
        return self.texts.t(f"export_capacity_{unit_of(form)}")

    def places(self, places: int | None, form: str) -> str:
        """Return a number of places in the unit of the form, or that it is not known."""
        key = "scenario.places_unknown" if places is None else "scenario.places_of"
        return self.texts.t(key, capacity=self.capacity(form), value=places or 0)

    def facility(self, handle: str) -> str:
        """Return the name of a facility and where it stands."""
        rows = self._by_handle.get(handle)
        if rows is None:
            return self.texts.t("scenario.facility_gone")
        first = self.registry.services.iloc[rows[0]]
        of_gmina = self._areas.get(str(first["gmina_code"]))
        where = first["locality_name"] if pd.notna(first["locality_name"]) else of_gmina
        if where is None:
            return plain_text(first["facility_name"])
        return plain_text(self.texts.t("scenario.facility", name=first["facility_name"], place=where))

    def places_of(self, handle: str, form: str | None) -> int | None:
        """Return the places that a facility has now in a form (None: in all); None where any is unknown."""
        rows = self._by_handle.get(handle)
        if rows is None:
            return None
        here = self.registry.services.iloc[rows]
        places = here.loc[here["support_form"].eq(form) if form else here["support_form"].notna()][
            "capacity_places"
        ]
        return None if places.empty or places.isna().any() else int(places.sum())

    def place(self, change: Change) -> str:
        """Return where a facility is opened or moved to."""
        gmina = self.area(str(change.gmina_code))
        if change.locality_key is None:
            return self.texts.t(
                "scenario.at_point",
                latitude=self.texts.number(float(change.latitude or 0), decimals=5),
                longitude=self.texts.number(float(change.longitude or 0), decimals=5),
                gmina=gmina,
            )
        return self.texts.t("scenario.at_locality", name=self.locality(change.locality_key), gmina=gmina)

    def locality(self, key: str) -> str:
        """Return the name of a locality, or that the list has no such key."""
        return plain_text(self._localities.get(key) or self.texts.t("scenario.locality_gone", locality=key))

    def area(self, code: str) -> str:
        """Return the level and the name of an area; the code where there is none."""
        level = _LEVELS.get(len(code))
        if level is None or code not in self._areas:
            return code
        return plain_text(self.texts.t(f"scenario.area_{level}", name=self._areas[code]))

    @cached_property
    def _by_handle(self) -> dict[str, list[int]]:
        handles = self.registry.services["facility_handle"]
        found: dict[str, list[int]] = {}
        for position, handle in enumerate(handles):
            if isinstance(handle, str):
                found.setdefault(handle, []).append(position)
        return found

    @cached_property
    def _localities(self) -> dict[str, str]:
        localities = self.registry.localities
        return dict(zip(localities["locality_key"].astype(str), localities["name"].astype(str), strict=True))

    @cached_property
    def _areas(self) -> dict[str, str]:
        # A gmina that is told with others has a name of its own, too; the code that it shares with them is all of them.
        registries = (self.registry.own_gminas, self.registry)
        levels = (
            names_of_level(registry, level, self.texts) for registry in registries for level in CODE_DIGITS
        )
        return {code: name for names in levels for code, name in names.items()}


def error_words(error: ScenarioError, texts: Texts, *, changes: Sequence[Change] = ()) -> str:
    """
    Return what is wrong with an edit or a text, as a sentence with advice.

    Parameters
    ----------
    changes
        Those of the scenario that was edited, to tell which one already has the facility.
    """
    field, found = error.facts.get("field"), plain_text(error.facts.get("found", ""))
    if field == "facility" and "change" in error.facts:
        same = [number for number, one in enumerate(changes, start=1) if one.facility == found]
        number = same[0] if same else int(str(error.facts["change"]))
        return texts.t("scenario.error_twice", number=number)
    if field == "changes":
        return texts.t("scenario.error_changes", count=MOST_CHANGES)
    if field == "area_codes" and found.isdigit():
        return texts.t("scenario.error_areas", count=MOST_AREAS)
    if field == "text":
        # A text too long is told by its length, any other by what it is.
        return texts.t("scenario.error_link" if found.isdigit() else "scenario.error_text")
    if texts.has(f"scenario.field_{field}"):
        name = texts.t(f"scenario.field_{field}")
        return plain_text(texts.t("scenario.error_field", field=name, found=found[:60]))
    return texts.t("scenario.error_other")
