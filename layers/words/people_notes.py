"""How and when the people of a view were counted, in words, and what of it is an estimate."""

from typing import Final

from data.people.residents import CENSUS_YEAR
from data.store.plain_text import plain_text
from data.vocabulary import people_indicators
from layers.answers.measures.inputs import LEAST_ESTIMATED
from layers.indicators import INDICATORS
from layers.indicators.indicator import DISTANCE, FORM
from layers.words.day_words import day_range_words, days_of_places
from layers.words.known_places_words import newer_notes
from layers.words.reasons import OF_FEW
from layers.words.view_words import Wording

_OF_RATES: Final = OF_FEW | {"access_per_1000"}
"""Rates of places to people."""


def people_notes(words: Wording) -> list[str]:
    """Say how and when the people were counted, and what of it is an estimate."""
    table, view, t = words.table, words.view, words.texts.t
    people = table.people
    if view.what.is_of_residents:
        day = table.residents_on
        counted = [t("export_residents_counted", date=day)] if day else []
        return [*counted, t(f"export_residents_points_{table.spread_by}")]
    if table.lacks_forecast:
        return [t("export_people_no_forecast", year=str(view.year))]
    if not view.what.has_people or people.counted_on is None:
        is_missed = view.question.needs_people and table.is_people_unknown
        return [t("export_people_unknown")] if is_missed else []
    notes = _counted_notes(words)
    if people.has_estimates:
        day = people.residents_on or people.counted_on
        notes.append(t(f"export_people_estimated_{people.base_level}", date=day))
        if view.indicator in OF_FEW and table.rows["is_few"].any():
            notes.append(t("export_people_few", least=LEAST_ESTIMATED))
    if table.is_people_unknown:
        notes.append(t("export_people_unknown"))
    elif view.question.people.year:
        notes += _year_notes(words)
    if DISTANCE in view.what.choices:
        notes += _point_notes(words)
    return notes


def _counted_notes(words: Wording) -> list[str]:
    """Say who counted the people and when, and where they were counted again since."""
    table, view, texts = words.table, words.view, words.texts
    day = table.people.counted_on
    if view.group == "older":
        kinds = {note.kind for note in table.sources}
        source = _credit(words, "residents_by_year" if "residents_by_year" in kinds else "population")
        kind = "older_projected" if table.people.is_projected else "older"
        # A sentence of its own here, also where it says that nobody is known to name.
        source = source[:1].upper() + source[1:]
        return [texts.t(f"export_people_{kind}", date=day, age=view.age_from, source=source)]
    names = {known.indicator: known.name[texts.lang] for known in people_indicators()}
    code = str(table.people.indicator)
    said = texts.t("export_people_counted", indicator=plain_text(names.get(code, code)), date=day)
    return [said, *_days_of_rates(words), *newer_notes(table, texts)]


def _days_of_rates(words: Wording) -> list[str]:
    """Say of which days places and people of a rate are, where people are counted in one night and lists are not."""
    table, view = words.table, words.view
    is_of_night = INDICATORS["known_places"].is_of_group(view.group)
    if (
        view.indicator not in _OF_RATES
        or not is_of_night
        or table.rows["value"].isna().all()
        or table.people.counted_on is None
    ):
        return []
    day = table.people.counted_on
    if words.has_no_list or (words.is_one_day and table.as_of == day):
        return []
    if view.indicator != "places_per_1000":
        return [words.texts.t("counted.rate_days_of_kind", people_day=day)]
    lists = day_range_words(days_of_places(table), words.texts)
    return [words.texts.t("counted.rate_days", people_day=day, lists=lists)]


def _point_notes(words: Wording) -> list[str]:
    """Say where in a gmina its people are taken to live, and that of parts of an area nobody knows them."""
    table, view, t = words.table, words.view, words.texts.t
    notes = [t(f"export_people_points_{table.spread_by}")]
    is_known_above = view.group != "older" and not table.is_people_unknown
    if is_known_above and not view.is_estimate and table.rows["value"].isna().any():
        notes.append(t("export_people_parts_unknown"))
    return notes


def _year_notes(words: Wording) -> list[str]:
    """Say how people of another year are known, and that places are not of that year."""
    table, view, t = words.table, words.view, words.texts.t
    places = t("export_places_scenario" if view.scenario else "export_places_today")
    places = places if FORM in view.what.choices else ""
    if table.is_projected_by_powiats:
        told = {
            "year": str(view.year),
            "source": _credit(words, "population_projection"),
            "places": places,
        }
        return [t(f"export_people_projected_{view.level}", **told)]
    is_before = view.year < CENSUS_YEAR
    if table.people_of_scope is not None:
        names = ("persons", "low", "high")
        told = {
            name: words.texts.number(round(number))
            for name, number in zip(names, table.people_of_scope, strict=True)
        }
        places = f"{t('export_people_variants', area=words.scope_name(), **told)} {places}".strip()
    return [
        *([t("export_people_before_census", year=str(view.year))] if is_before else []),
        *([places] if places else []),
    ]


def _credit(words: Wording, kind: str) -> str:
    """Return whose figures of a kind the view shows, as their sources ask to be named."""
    names = dict.fromkeys(note.attribution for note in words.table.sources if note.kind == kind)
    return plain_text("; ".join(filter(None, names)) or words.texts.t("export_no_source"))
