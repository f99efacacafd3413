"""Tables of the areas and places of the example, in the formats of the registers of borders, units and names."""

import json
from collections.abc import Iterable, Sequence

from data.example.ground import degrees
from data.example.places import Places
from data.example.seeds import MAIN
from data.example.units import Units, is_city_code
from geo.teryt import EXAMPLE_VOIVODESHIPS

SITE = "https://przyklad.example"
Table = Iterable[Sequence[object]]
"""Rows of cells, the header first where the format has one."""


def borders(units: Units) -> bytes:
    """Return the borders of gminas as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"terc": gmina.code, "name": gmina.name},
            "geometry": {"type": "Polygon", "coordinates": gmina.shape.rings},
        }
        for gmina in units.gminas
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def terc(units: Units) -> Table:
    """Give the register of units, towns and rural parts of urban-rural gminas among them."""
    yield "WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA"
    day = "2026-01-01"
    for code, name in EXAMPLE_VOIVODESHIPS.items():
        yield code, "", "", "", name.upper(), "województwo", day
    for code, name in units.powiats.items():
        is_city = is_city_code(code)
        yield code[:2], code[2:], "", "", name, "miasto na prawach powiatu" if is_city else "powiat", day
    for gmina in units.gminas:
        woj, pow_, gmi, kind = gmina.code[:2], gmina.code[2:4], gmina.code[4:6], gmina.code[6]
        yield woj, pow_, gmi, kind, gmina.name, f"gmina {gmina.type_name}", day
        if kind == "3":
            yield woj, pow_, gmi, "4", gmina.name, "miasto", day
            yield woj, pow_, gmi, "5", gmina.name, "obszar wiejski", day


def codes(units: Units) -> Table:
    """Give the codes of gminas by vintage: one vintage, because nothing changed."""
    yield "terc6", "stan_2026", "name"
    yield from ((gmina.area_code, gmina.code, gmina.name) for gmina in units.gminas)


def localities(places: Places) -> Table:
    """Give towns and villages."""
    yield "id", "name", "kind", "voivodeship", "powiat", "gmina", "gmina_kind", "lat", "lon"
    number = 0
    for localities in places.by_gmina.values():
        for place in localities:
            number += 1
            longitude, latitude = degrees(place.point)
            gmina = place.gmina
            kind = "miasto" if place.is_town else "wieś"
            voivodeship = EXAMPLE_VOIVODESHIPS[gmina.voivodeship]
            yield (
                number, place.name, kind, voivodeship, gmina.powiat_name, gmina.name, gmina.type_name,
                f"{latitude:.6f}", f"{longitude:.6f}",
            )  # fmt: skip


def named_places(places: Places) -> Table:
    """Give the places whose residents are known: towns, seats and larger villages, as GeoNames has them."""
    yield (
        "geonameid", "name", "asciiname", "alternatenames", "lat", "lon", "fclass", "fcode", "country", "cc2", "admin1",
        "admin2", "admin3", "admin4", "population", "elevation", "dem", "tz", "mod",
    )  # fmt: skip
    number = 0
    for localities in places.by_gmina.values():
        for place in localities:
            if not place.is_seat and place.residents < 400:
                continue
            number += 1
            longitude, latitude = degrees(place.point)
            yield (
                number, place.name, place.name, "", latitude, longitude, "P", "PPL", "PL", "", "", "",
                place.gmina.area_code, "", place.residents, "", "", "", "",
            )  # fmt: skip


def postcodes(units: Units, places: Places) -> Table:
    """Give the postal code of each gmina, as GeoNames has them: without a header, rounded."""
    for gmina in units.gminas:
        longitude, latitude = degrees(places.seat(gmina).point)
        region = EXAMPLE_VOIVODESHIPS[gmina.voivodeship].capitalize()
        yield (
            "PL", places.postal_codes[gmina.area_code], gmina.name, region, "",
            f"Powiat {gmina.powiat_name}", "", gmina.name, "", round(latitude, 2), round(longitude, 2), 4,
        )  # fmt: skip


def plans(units: Units) -> Table:
    """Give the local plans of deinstitutionalisation as far as anybody says."""
    yield "unit_name", "unit_level", "powiat", "voivodeship", "teryt", "status", "as_of", "source_url", "note"
    statuses = ("przyjęty", "w przygotowaniu", "brak", "przyjęty", "w przygotowaniu")
    for number, gmina in enumerate(units.of(MAIN)):
        if number % 3 == 0:
            status = statuses[number // 3 % len(statuses)]
            yield (
                gmina.name, "gmina", gmina.powiat_name, EXAMPLE_VOIVODESHIPS[MAIN], gmina.area_code, status,
                "2026-01-15", f"{SITE}/plany", "",
            )  # fmt: skip
    for number, (code, name) in enumerate(units.powiats.items()):
        if code.startswith(MAIN) and number % 2:
            yield (
                f"powiat {name}",
                "powiat",
                name,
                EXAMPLE_VOIVODESHIPS[MAIN],
                code,
                statuses[number % len(statuses)],
                "2025-12-01",
                f"{SITE}/plany",
                "",
            )
