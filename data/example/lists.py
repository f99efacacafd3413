"""The lists of the example: which provider stands in which, how each changed in a year, and what is wrong in them."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from data.example.list_row import DAYS, ListRow, list_row
from data.example.places import Places
from data.example.providers import OFFICES, Provider
from data.example.seeds import EAST, MAIN, WEST
from data.example.special_cases import special_cases, unconfirmed
from data.example.units import SEED, Units

_SHELTERS = ("BEZ-NOC", "BEZ-SCH", "BEZ-SUO", "BEZ-OGR")
_COMPLETE = ("CAL-DPS", "DZI-SDS", "DZI-KLS", "DZI-DDS", "REI-WTZ", *_SHELTERS)
_OWN_LISTS = {
    "CAL-DPS": "dps",
    "DZI-KLS": "senior",
    "DZI-DDS": "senior",
    "DZI-SDS": "sds",
    "REI-WTZ": "wtz",
    **dict.fromkeys(_SHELTERS, "schronienie"),
}
_SUBTYPES = (
    "dla osób w podeszłym wieku",
    "dla osób przewlekle somatycznie chorych",
    "dla osób przewlekle psychicznie chorych",
    "dla dorosłych osób niepełnosprawnych intelektualnie",
)


@dataclass(frozen=True)
class ExampleList:
    """
    One list: `code` of its source, `files` (day → rows).

    `complete_for` are pairs of form and voivodeship of which it names every place; `has_totals` adds sums.
    """

    code: str
    name: str
    files: Mapping[str, tuple[ListRow, ...]]
    voivodeship: str | None = None
    complete_for: tuple[tuple[str, str], ...] = ()
    is_official: bool = False
    has_totals: bool = False


def make_lists(units: Units, places: Places, providers: Iterable[Provider]) -> tuple[ExampleList, ...]:
    """Return the lists in the order in which they are loaded; the same at every call."""
    chance = random.Random(f"{SEED} lists")  # noqa: S311 - an example, not a secret
    by_list: dict[str, list[Provider]] = {}
    for provider in providers:
        by_list.setdefault(_list_of(provider), []).append(provider)
    compiled = [list_row(provider, chance) for provider in by_list["zestawienie"]]
    in_east = [list_row(provider, chance) for provider in by_list["wschod"]]
    in_east.append(unconfirmed(units, places, [one for one in by_list["wschod"] if one.form == "CAL-DPS"]))
    compiled += special_cases(units, places, homes=by_list["dps"], repeated=by_list["senior"][2])
    return (
        ExampleList(
            "przyklad-dps",
            "Przykład: rejestr domów pomocy społecznej z wolnymi miejscami",
            {day: tuple(_homes(by_list["dps"], places, number)) for number, day in enumerate(DAYS)},
            MAIN,
            (("CAL-DPS", MAIN),),
            is_official=True,
            has_totals=True,
        ),
        ExampleList(
            "przyklad-senior",
            "Przykład: kluby i dzienne domy „Senior+”",
            {day: tuple(_clubs(by_list["senior"], places, number)) for number, day in enumerate(DAYS)},
            MAIN,
            (("DZI-KLS", MAIN), ("DZI-DDS", MAIN)),
            is_official=True,
        ),
        ExampleList(
            "przyklad-sds",
            "Przykład: rejestr środowiskowych domów samopomocy",
            {DAYS[-1]: tuple(list_row(provider) for provider in by_list["sds"])},
            MAIN,
            (("DZI-SDS", MAIN),),
            is_official=True,
        ),
        ExampleList(
            "przyklad-wtz",
            "Przykład: rejestr warsztatów terapii zajęciowej",
            {DAYS[-1]: tuple(list_row(provider) for provider in by_list["wtz"])},
            MAIN,
            (("REI-WTZ", MAIN),),
            is_official=True,
        ),
        ExampleList(
            "przyklad-schronienie",
            "Przykład: rejestr miejsc tymczasowego schronienia",
            {DAYS[-1]: tuple(list_row(provider) for provider in by_list["schronienie"])},
            MAIN,
            tuple((form, MAIN) for form in _SHELTERS),
            is_official=True,
        ),
        ExampleList(
            "przyklad-jednostki",
            "Przykład: ośrodki pomocy społecznej, centra usług społecznych i centra pomocy rodzinie",
            {DAYS[-1]: tuple(list_row(provider) for provider in by_list["jednostki"])},
            None,
            tuple((form, voivodeship) for voivodeship in (WEST, EAST, MAIN) for form in OFFICES),
            is_official=True,
        ),
        ExampleList(
            "przyklad-zachod",
            "Przykład: placówki województwa zachodniego (lista pełna, ale dawna)",
            # Longer ago than any of its forms is reviewed: complete, but old.
            {DAYS[0]: tuple(list_row(provider) for provider in by_list["zachod"])},
            WEST,
            tuple((form, WEST) for form in _COMPLETE),
            is_official=True,
        ),
        ExampleList(
            "przyklad-wschod",
            "Przykład: placówki województwa wschodniego (lista niepełna)",
            {DAYS[1]: tuple(in_east)},
            EAST,
        ),
        ExampleList(
            "przyklad-zestawienie",
            "Przykład: zestawienie placówek różnych form (lista niepełna)",
            {DAYS[-1]: tuple(compiled)},
            MAIN,
        ),
    )


def _list_of(provider: Provider) -> str:
    if provider.form in OFFICES:
        return "jednostki"
    if provider.gmina.voivodeship != MAIN:
        return "zachod" if provider.gmina.voivodeship == WEST else "wschod"
    return _OWN_LISTS.get(provider.form, "zestawienie")


def _homes(homes: list[Provider], places: Places, day: int) -> Iterator[ListRow]:
    """Give the homes of a day with their vacancies and queues: one opens, one closes, one moves, some are enlarged."""
    last = len(homes) - 1
    for number, home in enumerate(homes):
        if (number == last and day < 2) or (number == last - 1 and day > 1):
            continue
        row = list_row(_later(home, places, number, day))
        yield row | {"subtype": _SUBTYPES[number % len(_SUBTYPES)]} | _vacancies(home, day)


def _vacancies(home: Provider, day: int) -> ListRow:
    """Return the free places and the queue of a home, which change a little between the days."""
    chance = random.Random(f"{SEED} vacancies {home.key}")  # noqa: S311 - an example, not a secret
    usual, queue = chance.choice((0, 0, 0, 1, 2, 3, 6)), chance.choice((0, 3, 6, 11, 19))
    for _ in range(day):
        usual, queue = max(0, usual + chance.randint(-1, 1)), max(0, queue + chance.randint(-2, 3))
    if usual > 3:
        queue = 0
    women = usual // 2
    numbers = {"vacant": usual, "vacant_women": women, "vacant_men": usual - women, "waiting": queue}
    return {**{column: str(number) for column, number in numbers.items()}, "waiting_days": str(15 * queue)}


def _clubs(clubs: list[Provider], places: Places, day: int) -> Iterator[ListRow]:
    """Give the clubs of a day: four open in the year, two close, one moves, some are enlarged."""
    last = len(clubs) - 1
    for number, club in enumerate(clubs):
        is_opened_later = (last - 3 < number and day < 1) or (last - 1 < number and day < 2)
        if is_opened_later or (number in {5, 11} and day > 1):
            continue
        yield list_row(_later(club, places, number, day))


def _later(provider: Provider, places: Places, number: int, day: int) -> Provider:
    """Return a provider as it was on a day: every ninth was smaller before, the third moved before the last day."""
    found = provider
    if number % 9 == 4 and day < 1 and provider.places:
        found = replace(found, places=provider.places - 10)
    if number == 3 and day < 2:
        moved = places.door(places.seat(provider.gmina), random.Random(f"{SEED} before {provider.key}"))  # noqa: S311
        found = replace(found, address=moved)
    return found
