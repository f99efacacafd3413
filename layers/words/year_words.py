"""Of which day people are, and whether they were counted or are projected, in words."""

from collections.abc import Iterable

from data.people.people import GroupPeople
from data.registry.registry import Registry
from layers.answers.area_table import AreaTable
from layers.text import Texts


def year_words(year: int, registry: Registry, texts: Texts) -> str:
    """Return a year to choose; of now also at whose end it is, where other years are told, too."""
    now = registry.year_of_now
    if year:
        return str(year)
    if len(registry.resident_years) < 2:
        return texts.t("choice.year_now")
    kind = "counted" if now in registry.counted_years else "projected"
    return texts.t(f"choice.year_now_{kind}", year=str(now))


def short_year_words(year: int, registry: Registry, texts: Texts) -> str:
    """Return a year as it stands over a map, where a line below says whether people of it were counted."""
    if year or len(registry.resident_years) < 2:
        return year_words(year, registry, texts)
    return texts.t("choice.year_now_short", year=str(registry.year_of_now))


def estimated_ages_words(bands: Iterable[tuple[int, GroupPeople]], code: str, texts: Texts) -> str:
    """Return from which ages people of an area are estimated from their powiat; empty where none are."""
    ages = [texts.t("area_card.age", age=age) for age, people in bands if _is_by_powiat(people, code)]
    return texts.t("area_card.ages_estimated", ages=", ".join(ages)) if ages else ""


def people_day_words(people: GroupPeople, code: str, texts: Texts) -> str:
    """Return of which day the people of an area are, and whether counted or projected; empty where nobody knows."""
    if people.counted_on is None:
        return ""
    is_by_powiat = _is_by_powiat(people, code)
    is_estimate = bool(people.is_estimate.get(code, default=False)) and not is_by_powiat
    kind = "estimated" if is_estimate else "projected" if people.is_projected else "counted"
    said = texts.t(f"people.day_{kind}", date=people.counted_on)
    return f"{said} {texts.t('export_people_estimated_gmina')}" if is_by_powiat else said


def share_day_words(table: AreaTable, registry: Registry, texts: Texts) -> str:
    """Return of which other day the residents are whose part a counted group is; empty where both are of one day."""
    residents_on, counted_on = registry.residents_on, table.people.counted_on
    # Older people are counted with the residents of their own year (`Registry.residents_of`).
    if table.view.group == "older" or None in (residents_on, counted_on) or residents_on == counted_on:
        return ""
    return texts.t("people.share_of_day", date=residents_on)


def _is_by_powiat(people: GroupPeople, code: str) -> bool:
    """Tell whether people of an area are estimated by their powiat; those of a city that is one are not."""
    return bool(people.is_estimate.get(code, default=False)) and people.method_key.endswith("_by_powiat")
