"""Of which day people are, and whether they were counted or are projected, in words."""

from data.people.people import GroupPeople
from data.registry.registry import Registry
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


def people_day_words(people: GroupPeople, texts: Texts) -> str:
    """Return of which day the people of a group are, and whether counted or projected; empty where nobody knows."""
    if people.counted_on is None:
        return ""
    kind = "projected" if people.is_projected else "counted"
    said = texts.t(f"people.day_{kind}", date=people.counted_on)
    is_by_powiat = people.has_estimates and people.method_key.endswith("_by_powiat")
    return f"{said} {texts.t('export_people_estimated_gmina')}" if is_by_powiat else said
