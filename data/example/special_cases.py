"""What needs caution in a list: protected doors, a bus, a telephone, repetitions, wrong codes, a polling station."""

import random
from collections.abc import Iterable, Iterator, Sequence

from data.example.ground import degrees
from data.example.list_row import ListRow, list_row
from data.example.places import Places
from data.example.providers import Provider
from data.example.seeds import EAST, MAIN
from data.example.units import SEED, Gmina, Units


def special_cases(
    units: Units, places: Places, *, homes: Sequence[Provider], repeated: Provider
) -> Iterator[ListRow]:
    """Give the rows; `homes` are the care homes of the main voivodeship, `repeated` stands in another list, too."""
    capital, second = units.cities
    yield from _on_wheels_and_by_telephone(capital)
    yield from _protected(capital, places)
    name = repeated.name.replace("„Senior+”", "Senior+")
    yield list_row(repeated) | {"source_id": "przyklad-inne#powtorzony", "name": name, "places": ""}
    yield from _wrong(capital, second, places)
    yield _polling_station(_without_home(units, MAIN, homes), places)


def unconfirmed(units: Units, places: Places, homes: Iterable[Provider]) -> ListRow:
    """Return a care home of the east that no list confirms: in the main voivodeship the register speaks against one."""
    return _polling_station(_without_home(units, EAST, homes), places, key="lokal-wyborczy-wschod")


def _case(key: str, form: str, name: str, **cells: str) -> ListRow:
    return {"source_id": f"przyklad-inne#{key}", "name": name, "facility_kind": form, **cells}


def _in(gmina: Gmina) -> ListRow:
    """Return the cells that say in which gmina a place is, a city with powiat rights."""
    return {
        "locality": gmina.name,
        "gmina_name": gmina.name,
        "gmina_code": gmina.area_code,
        "powiat_name": gmina.name,
    }


def _door(gmina: Gmina, places: Places, key: str) -> ListRow:
    address = places.door(places.seat(gmina), random.Random(f"{SEED} door {key}"))  # noqa: S311 - an example
    longitude, latitude = degrees(address.point)
    point = {"lat": f"{latitude:.6f}", "lon": f"{longitude:.6f}", "grade": "door"}
    return _in(gmina) | {"street_address": address.line, "postal_code": address.postal_code} | point


def _on_wheels_and_by_telephone(capital: Gmina) -> Iterator[ListRow]:
    east, north = capital.seat
    stops = (
        ("Dworzec", "codziennie 18:00-19:00", (east + 1.1, north - 0.6)),
        ("Rynek", "codziennie 19:30-20:30", (east, north)),
        ("Osiedle Północ", "pon.-pt. 21:00-22:00", (east - 0.8, north + 2.4)),
    )
    told = []
    for name, hours, point in stops:
        longitude, latitude = degrees(point)
        told.append(f"{name} | {hours} | {latitude:.5f} {longitude:.5f}")
    bus = {"operator": "Fundacja Przykładowa", "phone": "000 000 901", "stops": "; ".join(told)}
    yield _case("autobus", "BEZ-MPP", "Autobus pomocy", **(_in(capital) | bus))
    line = {
        "operator": "Województwo przykładowe",
        "phone": "000 000 902",
        "areas": MAIN,
        "opening_hours": "24/7",
    }
    yield _case("telefon", "DOM-TEL", "Teleopieka województwa przykładowego", **(_in(capital) | line))


def _protected(capital: Gmina, places: Places) -> Iterator[ListRow]:
    """Give a place of every order of secrecy, beside those that are protected by their form."""
    cases = (
        ("hidden", "DZI-KSP", "Grupa wsparcia", "12"),
        ("staff", "KRY-OIK", "Hostel interwencyjny", "8"),
        ("gmina_centroid", "BEZ-SCH", "Schronisko dla rodzin", "16"),
    )
    for number, (visibility, form, name, count) in enumerate(cases, start=903):
        cells = {"visibility": visibility, "places": count, "phone": f"000 000 {number}"}
        yield _case(f"chronione-{visibility}", form, name, **(_door(capital, places, visibility) | cells))


def _wrong(capital: Gmina, second: Gmina, places: Places) -> Iterator[ListRow]:
    """Give rows with a code of no gmina, another gmina's name, no name, an unknown form, an unknown village."""
    unknown = _in(second) | {"gmina_code": f"{MAIN}1299", "phone": "000 000 906"}
    yield _case("zly-kod", "DZI-KSN", "Klub Seniora „Kod”", **unknown)
    elsewhere = _door(capital, places, "elsewhere") | _in(second)
    yield _case("inna-gmina", "REI-KIS", "Klub Integracji „Granica”", **elsewhere)
    yield _case("bez-nazwy", "BEZ-LAZ", "", **_in(capital))
    yield _case("nieznana-forma", "XYZ-123", "Placówka nieznanej formy", **_in(capital))
    village = {"locality": "Nie Ma Takiej Wsi", "phone": "000 000 907"}
    yield _case("bez-miejsca", "ZYW-PUN", "Punkt wydawania żywności „Wędrowny”", **village)


def _without_home(units: Units, voivodeship: str, homes: Iterable[Provider]) -> Gmina:
    """Return a rural gmina without a care home."""
    taken = {home.gmina.area_code for home in homes}
    return next(gmina for gmina in units.of(voivodeship) if gmina.is_rural and gmina.area_code not in taken)


def _polling_station(gmina: Gmina, places: Places, *, key: str = "lokal-wyborczy") -> ListRow:
    """Return a care home that nothing speaks for but that people voted there once."""
    seat = places.seat(gmina)
    longitude, latitude = degrees(seat.point)
    where = _in(gmina) | {
        "powiat_name": gmina.powiat_name,
        "lat": f"{latitude:.6f}",
        "lon": f"{longitude:.6f}",
    }
    evidence = {
        "origin": "polling_station",
        "grade": "locality",
        "stated_on": "2019-05-26",
        "note": "obwód głosowania w placówce; uprawnionych do głosowania 41",
    }
    return _case(key, "CAL-DPS", "Dom Pomocy Społecznej", **(where | evidence))
