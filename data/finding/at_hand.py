"""Postal codes and addresses for the search, where their lists are at hand; nothing is fetched or made for it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from data.catalogue import Catalogue, read_catalogue
from data.places.address_answers import DoorAddress
from data.places.address_index import AddressIndex
from data.places.address_index_file import index_path, is_whole
from data.places.place_search import Place, PlaceIndex
from data.store.names import fold
from data.store.settings import Settings

_CODE, _NAME, _POWIAT = 1, 2, 5
"""Columns of the table of GeoNames (`data.sources.country.postcodes`)."""
_NEAR_CODE: Final = 3
"""Signs of a code; where all codes that begin so are of one town, an unknown one is, too: 00-950 is one of boxes."""


def post_towns_at_hand(
    settings: Settings, index: PlaceIndex, catalogue: Catalogue | None = None
) -> Callable[[str], Sequence[Place]] | None:
    """Return what tells the post towns of a postal code; None where no list of codes is at hand."""
    for source in (catalogue or read_catalogue()).of_kind("postcodes"):
        for folder in filter(None, (settings.mirror, settings.cache)):
            if (path := folder / source.newest.path).is_file():
                return _post_towns(path, index)
    return None


def _post_towns(path: Path, index: PlaceIndex) -> Callable[[str], Sequence[Place]]:
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in index.found_by_name():
        places[fold(place.name), fold(place.powiat_name)].append(place)
    table = pd.read_csv(path, sep="\t", header=None, dtype=str, keep_default_na=False, quoting=3)
    towns: dict[str, dict[str, Place]] = defaultdict(dict)
    beginning: dict[str, dict[str, Place]] = defaultdict(dict)
    for code, name, powiat in table[[_CODE, _NAME, _POWIAT]].itertuples(index=False):
        for place in places.get((fold(name), fold(powiat).removeprefix("powiat ")), ()):
            towns[code][place.key] = place
            beginning[code[:_NEAR_CODE]][place.key] = place

    def post_towns(code: str) -> Sequence[Place]:
        near = beginning.get(code[:_NEAR_CODE], {})
        return [*(towns.get(code) or (near if len(near) == 1 else {})).values()]

    return post_towns


def address_indexes_at_hand(settings: Settings, catalogue: Catalogue | None = None) -> list[Path]:
    """Return the indexes of addresses that loads have made and that are whole."""
    known = catalogue or read_catalogue()
    sources = [*known.of_kind("addresses"), *known.of_kind("address_streets")]
    paths = [index_path(settings.cache, source.newest.sha256) for source in sources]
    return [path for path in paths if path.is_file() and is_whole(path)]


def streets_at_hand(
    settings: Settings, index: PlaceIndex, catalogue: Catalogue | None = None
) -> Callable[[Place, str, str], bool] | None:
    """Return what tells whether a place has a street; None where no load has made an index of addresses."""
    paths = address_indexes_at_hand(settings, catalogue)
    if not paths:
        return None
    own = {place.gmina_code: place.gmina_code for place in index.found_by_name()}
    addresses = AddressIndex(paths, area_of_code=own)

    @lru_cache(maxsize=4096)
    def has_street(place: Place, street: str, number: str) -> bool:
        asked = DoorAddress(place.name, street, number or None)
        return addresses.find(asked, gmina_code=place.gmina_code) is not None

    return has_street
