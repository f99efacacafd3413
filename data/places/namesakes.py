"""Localities of one name, and which of them a row means."""

from data.places.placed import AddressRow
from data.places.postal_places import PostalPlaces, middle_place
from data.places.stated_area import StatedArea, text_of
from data.places.world import Gazetteer, NamedPlace
from data.store.names import fold

_PARTS_SPREAD_KM = 3.0


class Namesakes:
    """The localities of a gazetteer by what a row says of itself; postal codes help to choose where they are known."""

    def __init__(self, gazetteer: Gazetteer, postcodes: PostalPlaces | None) -> None:
        self._gazetteer = gazetteer
        self._postcodes = postcodes

    def of_row(self, row: AddressRow, stated: StatedArea) -> list[NamedPlace]:
        """Return the localities that a row may mean: in the stated gmina, else in its parts, else round it."""
        name = text_of(row["locality_name"])
        if not name:
            return []
        within = self._in_stated_gminas(name, row, stated)
        if within:
            return within
        if stated.gmina_code is not None:
            parts = self._gazetteer.named_in_parts(name, gmina_code=stated.gmina_code)
            middle = middle_place(parts, spread_km=_PARTS_SPREAD_KM)
            if middle is not None:
                return [middle]
        scope = [stated.powiat_code or stated.voivodeship_code]
        return self._chosen(self._gazetteer.named(name, within=scope), name, row, stated)

    def _in_stated_gminas(self, name: str, row: AddressRow, stated: StatedArea) -> list[NamedPlace]:
        if not stated.gmina_codes:
            return []
        found = self._gazetteer.named(name, within=sorted(stated.gmina_codes))
        return self._chosen(found, name, row, stated)

    def in_stated_gmina(self, row: AddressRow, stated: StatedArea) -> NamedPlace | None:
        """Return the one locality of the name in the stated gmina, None without one or with several."""
        name = text_of(row["locality_name"])
        found = self._in_stated_gminas(name, row, stated) if name else []
        return found[0] if len(found) == 1 else None

    def _chosen(
        self, found: list[NamedPlace], name: str, row: AddressRow, stated: StatedArea
    ) -> list[NamedPlace]:
        """Choose among namesakes by the post town, the gmina that runs the facility, and the postal code."""
        post_town = text_of(row["post_town"])
        if len(found) > 1 and post_town and fold(post_town) != fold(name):
            scope = {place.gmina_code for place in found}
            post_gminas = {place.gmina_code for place in self._gazetteer.named(post_town, within=scope)}
            found = [place for place in found if place.gmina_code in post_gminas] or found
        if len(found) > 1:
            found = [place for place in found if place.gmina_code in stated.operator_gminas] or found
        if len(found) > 1 and self._postcodes is not None:
            chosen = self._postcodes.chosen(found, text_of(row["postal_code"]))
            found = [chosen] if chosen is not None else found
        return found
