"""Which form of support an element of OpenStreetMap is, by its tags and the words of its name."""

from collections.abc import Mapping
from pathlib import Path

from data.store.names import fold
from data.vocabulary import FOLDER, SupportForm, support_forms

SOCIAL_FACILITY = ("amenity", "social_facility")


def form_of_tags(tags: Mapping[str, str], *, folder: Path = FOLDER) -> str | None:
    """
    Return the code of the one form that fits best, or None when none fits or two fit equally well.

    A form fits when every tag it asks for is there (a value may be one of a list: "senior;disabled") and, where it
    asks for words, one of them is in `name` or `official_name`. Tags that many kinds of places share (a shelter, a
    nursing home, an office) are told apart by those words only: the law gives the names. More tags fit better, then
    longer words. A form that is to stay hidden goes before all others: a shelter for people who experience violence
    is never shown as another one.
    """
    names = [_folded(tags.get(key, "")) for key in ("name", "official_name")]
    scores = {
        code: (form.default_visibility == "hidden", len(form.osm_tags), words)
        for code, form in support_forms(folder).items()
        if form.osm_tags and _has_tags(form, tags) and (words := _words_found(form, names)) is not None
    }
    if not scores:
        return None
    best = max(scores.values())
    winners = [code for code, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 else None


def may_be_support(tags: Mapping[str, str], *, folder: Path = FOLDER) -> bool:
    """Tell whether the element is a social facility, or has all the tags of some form."""
    key, value = SOCIAL_FACILITY
    return value in _values(tags, key) or any(
        form.osm_tags and _has_tags(form, tags) for form in support_forms(folder).values()
    )


def _has_tags(form: SupportForm, tags: Mapping[str, str]) -> bool:
    return all(not _values(tags, key).isdisjoint(values) for key, values in form.osm_tags.items())


def _values(tags: Mapping[str, str], key: str) -> set[str]:
    return {value.strip() for value in tags.get(key, "").split(";")}


def _words_found(form: SupportForm, names: list[str]) -> int | None:
    """Return the length of the longest words found, 0 when the form asks for none, None when they are missing."""
    if not form.osm_name:
        return 0
    found = [
        sum(map(len, parts))
        for parts in (words.split("&") for words in form.osm_name)
        if any(all(_begins_word(part, name) for part in parts) for name in names)
    ]
    return max(found, default=None)


def _begins_word(part: str, name: str) -> bool:
    """Tell whether words of the name begin with the part; capitals (DPS) are a whole word."""
    return f" {fold(part)}{' ' if part.isupper() else ''}" in name


def _folded(name: str) -> str:
    return f" {fold(name)} "
