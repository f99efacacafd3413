"""Providers of the example: drawn from their kinds, each at a door, with what the registers say of it."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.example.ground import degrees
from data.example.names import OPERATORS, TITLES, locative
from data.example.people import People
from data.example.places import Address, Locality, Places
from data.example.provider_kinds import ANY, KINDS, ProviderKind
from data.example.seeds import MAIN
from data.example.units import SEED, Gmina, Units
from geo.teryt import EXAMPLE_VOIVODESHIPS

OFFICES = ("INS-OPS", "INS-CUS", "INS-PCPR")
_CENTRES_PCT, _PLANNED_PCT = 12, 18
"""Of how many gminas in a hundred the office is a centre of social services; up to the second it is planned."""
_ACCESSIBLE = ("yes", "limited", "no", "")
_LANGUAGES = ("", "", "", "pl; uk", "pl; en", "pl; uk; en")


@dataclass(frozen=True)
class Provider:
    """
    One service at one place, as a list would write it: `key` is its identifier, `places` None where nobody counts.

    `cells` are further columns of a list, by header.
    """

    key: str
    form: str
    name: str
    operator: str
    gmina: Gmina
    address: Address | None
    places: int | None = None
    hours: str = ""
    phone: str = ""
    fees: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def coordinates(self) -> tuple[str, str]:
        """Latitude and longitude of the door as text, empty without one."""
        if self.address is None:
            return "", ""
        longitude, latitude = degrees(self.address.point)
        return f"{latitude:.6f}", f"{longitude:.6f}"


def make_providers(units: Units, people: People, places: Places) -> tuple[Provider, ...]:
    """Return all providers, in a fixed order; the same at every call."""
    chance = random.Random(f"{SEED} providers")  # noqa: S311 - an example, not a secret
    maker = _Maker(units, people, places, chance)
    found = [*maker.offices()]
    for kind in KINDS:
        for voivodeship in EXAMPLE_VOIVODESHIPS:
            found += maker.of_kind(kind, voivodeship)
    return tuple(found)


class _Maker:
    def __init__(self, units: Units, people: People, places: Places, chance: random.Random) -> None:
        self._units, self._people, self._places, self._chance = units, people, places, chance
        self._phones = iter(range(1, 100_000))
        self._keys: dict[str, int] = {}

    def offices(self) -> Iterator[Provider]:
        """Give the office of every gmina, some of them a centre of social services, and that of every powiat."""
        for gmina in self._units.gminas:
            drawn = self._chance.randrange(100)
            is_centre = drawn < _CENTRES_PCT
            form = "INS-CUS" if is_centre else "INS-OPS"
            what = "Centrum Usług Społecznych" if is_centre else "Ośrodek Pomocy Społecznej"
            name = f"{what} w {locative(gmina.name)}"
            yield self._at(form, name, _owner(gmina), self._places.seat(gmina), hours="Mo-Fr 07:30-15:30")
            if _CENTRES_PCT <= drawn < _PLANNED_PCT:
                name = f"Centrum Usług Społecznych w {locative(gmina.name)}"
                planned = {"status": "planned"}
                yield self._at("INS-CUS", name, _owner(gmina), self._places.seat(gmina), cells=planned)
        for code, name in self._units.powiats.items():
            seat = self._seat_of(code)
            is_city = seat.kind == "city"
            what = "Miejskie Centrum Pomocy Rodzinie" if is_city else "Powiatowe Centrum Pomocy Rodzinie"
            owner = f"Miasto {name}" if is_city else f"Powiat {name}"
            locality = self._places.seat(seat)
            full = f"{what} w {locative(seat.name)}"
            yield self._at("INS-PCPR", full, owner, locality, hours="Mo-Fr 07:30-15:30")

    def of_kind(self, kind: ProviderKind, voivodeship: str) -> Iterator[Provider]:
        """Give the providers of a kind in a voivodeship: at most one a gmina until every suitable gmina has one."""
        count = kind.main if voivodeship == MAIN else kind.beside
        for number, gmina in enumerate(self._gminas(kind, voivodeship, count)):
            locality = self._locality(gmina, kind)
            title = f" „{TITLES[(number * 7 + len(kind.form)) % len(TITLES)]}”" if kind.has_title else ""
            name = f"{kind.name} – {_owner(gmina)}" if kind.is_over_area else f"{kind.name}{title}"
            places = self._chance.randint(*kind.places) if kind.places else None
            yield self._at(
                kind.form,
                name,
                self._operator(kind, gmina),
                locality,
                places=places,
                hours=kind.hours,
                fees=kind.fees,
                cells=self._cells(kind, gmina),
            )

    def _gminas(self, kind: ProviderKind, voivodeship: str, count: int) -> Iterable[Gmina]:
        """Draw gminas, the larger more often: cities first, then by lot weighted with residents."""
        suitable = [
            gmina for gmina in self._units.of(voivodeship) if gmina.kind in kind.where
        ] or self._units.of(voivodeship)
        drawn: list[Gmina] = []
        while len(drawn) < count:
            left = (
                [gmina for gmina in suitable if gmina not in drawn]
                if len(drawn) < len(suitable)
                else suitable
            )
            weights = [
                self._people.from_age(gmina, 65) * (3 if gmina.kind == "city" else 1) for gmina in left
            ]
            drawn.append(self._chance.choices(left, weights)[0])
        return drawn

    def _locality(self, gmina: Gmina, kind: ProviderKind) -> Locality:
        localities = self._places.by_gmina[gmina.area_code]
        is_outside = kind.where == ANY and len(localities) > 1 and self._chance.random() < 0.3
        return self._chance.choice(localities[1:]) if is_outside else localities[0]

    def _operator(self, kind: ProviderKind, gmina: Gmina) -> str:
        if kind.by == "ngo":
            return self._chance.choice(OPERATORS)
        if kind.by == "powiat" and gmina.kind != "city":
            return f"Powiat {gmina.powiat_name}"
        return _owner(gmina)

    def _cells(self, kind: ProviderKind, gmina: Gmina) -> dict[str, str]:
        cells = {"wheelchair": self._chance.choice(_ACCESSIBLE), "languages": self._chance.choice(_LANGUAGES)}
        if kind.is_over_area:
            cells["areas"] = gmina.area_code
        return {header: cell for header, cell in cells.items() if cell}

    def _at(
        self,
        form: str,
        name: str,
        operator: str,
        locality: Locality,
        *,
        places: int | None = None,
        hours: str = "",
        fees: str = "",
        cells: dict[str, str] | None = None,
    ) -> Provider:
        voivodeship = locality.gmina.voivodeship
        number = self._keys[voivodeship] = self._keys.get(voivodeship, 0) + 1
        return Provider(
            f"przyklad-{voivodeship}#{number:04d}",
            form,
            name,
            operator,
            locality.gmina,
            self._places.door(locality, self._chance),
            places,
            hours,
            f"000 000 {next(self._phones):03d}",
            fees,
            cells or {},
        )

    def _seat_of(self, powiat: str) -> Gmina:
        members = self._units.of(powiat)
        urban = [gmina for gmina in members if gmina.kind in {"city", "town", "seat"}]
        return urban[0] if urban else members[0]


def _owner(gmina: Gmina) -> str:
    return f"Miasto {gmina.name}" if gmina.code[6] == "1" else f"Gmina {gmina.name}"
