"""What is said of the example region: its name where the country's would stand, and why no real data are shown."""

from collections.abc import Iterator

from data.loading.no_source import NoSource
from data.registry.registry import Registry
from geo.teryt import FIRST_CITY_POWIAT
from layers.text import Texts

COMMAND = "make data"
"""Loads real data once their files are where the words say."""
VARIABLE = "SUPPORT_MAP_MIRROR"
"""Names the folder of the publishers' files."""


def country_name(texts: Texts, *, is_example: bool) -> str:
    """Return the name of all areas together."""
    return texts.t("example.country" if is_example else "choice.country")


def why_lines(reason: NoSource, texts: Texts) -> Iterator[str]:
    """Give a sentence for each place that was looked in."""
    if not reason.is_any_at_hand:
        yield texts.t("example.found_nothing")
    yield texts.t(f"example.mirror_{reason.mirror}", variable=VARIABLE)
    yield texts.t(f"example.cache_{reason.cache}")
    yield texts.t(f"example.publishers_{reason.publishers}")
    if reason.is_any_at_hand and reason.lacking:
        yield texts.t("example.lacking", count=len(reason.lacking), files=", ".join(reason.lacking))


def advice_words(reason: NoSource, texts: Texts) -> str:
    """Return what to do before the command, which alone would change nothing where no file is at hand."""
    if not reason.is_any_at_hand:
        return texts.t("example.advice_files", variable=VARIABLE)
    return texts.t("example.advice_lacking" if reason.lacking else "example.advice_at_hand")


def place_hint(registry: Registry, texts: Texts) -> str:
    """Return what may be typed into the search for a place: in the example the name of a city of its own."""
    if not registry.state.is_invented:
        return texts.t("resident.place_example")
    cities = registry.areas_of_level("gmina")
    powiat_part = cities["area_code"].str[2:4].astype(int)
    named = cities.loc[powiat_part >= FIRST_CITY_POWIAT, "name"]
    return texts.t("example.place_hint", city=named.iloc[0]) if len(named) else ""
