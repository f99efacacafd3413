"""The gmina of a seat that a register writes by names in capitals: "M. RYBNIK", "WARSZAWA-WOLA"."""

from data.places.stated_area import stated_area
from data.places.world import AreaIndex
from data.sources.registers.powiat_text import bare_city, read_powiat
from data.store.names import fold
from geo.teryt import FIRST_CITY_POWIAT


def gmina_of_seat(
    areas: AreaIndex, voivodeship: str, powiat: str, gmina: str, town: str
) -> tuple[str | None, str]:
    """Return the gmina that names in capitals mean, or the reason why none is sure."""
    voivodeship_code = areas.voivodeship_of_name.get(fold(voivodeship))
    if voivodeship_code is None:
        return None, "unknown_area"
    if gmina.startswith("WARSZAWA"):
        # Districts, which were gminas until 2002.
        powiat = gmina = "WARSZAWA"
    bare = bare_city(gmina.replace("M.", "M. ", 1).title() if gmina.startswith("M.") else gmina.title())
    name, is_city = read_powiat(powiat.replace("M.", "M. ", 1).lower())
    found = stated_area(
        {
            "voivodeship_code": voivodeship_code,
            "stated_powiat_name": name,
            "is_city_powiat": is_city if powiat.startswith("M.") else None,
            "stated_gmina_code": None,
            "stated_gmina_name": bare,
            "locality_name": town.title(),
            "organization_name": None,
        },
        areas,
    )
    if found.divided_code is not None:
        return found.divided_code, ""
    codes = found.gmina_codes
    if len(codes) > 1 and fold(town) == fold(bare):
        codes = frozenset(code for code in codes if areas.kind_of[code] == "urban")
    elif len(codes) > 1:
        codes = frozenset(code for code in codes if areas.kind_of[code] != "urban")
    if len(codes) == 1:
        (code,) = codes
        # "M. KIELCE, PIERZCHNICA, OSINY": the city alone has no such gmina, so that one of the names is wrong.
        is_of_city = int(code[2:4]) >= FIRST_CITY_POWIAT
        if is_of_city and gmina and fold(areas.name_of[code]) not in fold(bare):
            return None, "unknown_area"
        return code, ""
    return None, "ambiguous_area" if codes else "unknown_area"
