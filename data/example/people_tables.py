"""Tables of the people of the example, in the formats of the statistical office and of the counts of groups."""

from collections.abc import Iterable, Iterator, Mapping

from data.example.area_tables import SITE, Table
from data.example.people import BANDS, COUNTED_ON, LAST_YEAR, People, earlier, women
from data.example.seeds import MAIN
from data.example.units import Gmina, Kind, Units, is_city_code
from geo.teryt import EXAMPLE_VOIVODESHIPS

FIRST_YEAR = 2014
_HOMELESS_PER_1000: Mapping[Kind, float] = {
    "city": 1.6, "town": 1.1, "seat": 1.1, "suburb": 0.4, "village": 0.25, "far_village": 0.1,
}  # fmt: skip
"""People in the crisis of homelessness of 1,000 residents, by kind of gmina."""
_NIGHT, _CENSUS = "2024-02-29", "2021-03-31"
"""Days of the count of one night and of the census."""


def population(units: Units, people: People) -> Table:
    """Give the residents of gminas by band of age."""
    labels = [f"{low}-{high}" if high else f"{low} i więcej" for low, high in BANDS]
    yield "Kod", "Nazwa", "ogółem", *labels
    for gmina in units.gminas:
        bands = people.by_year[COUNTED_ON][gmina.area_code]
        yield gmina.code, f"{gmina.name} ({gmina.code[6]})", sum(bands), *bands


def history(units: Units, people: People) -> Table:
    """Give the residents of voivodeships by band, sex and year."""
    yield "Kod", "Nazwa", "Wiek", "Płeć", "Rok", "Wartosc", "Jednostka miary", "Atrybut"
    for code, name in EXAMPLE_VOIVODESHIPS.items():
        totals = tuple(people.band(units.of(code), band, band) for band in range(len(BANDS)))
        by_year = {
            year: tuple(map(round, earlier(totals, COUNTED_ON - year)))
            for year in range(FIRST_YEAR, COUNTED_ON)
        }
        by_year[COUNTED_ON] = totals
        for label, bands in _history_bands():
            for sex in ("kobiety", "mężczyźni"):
                for year, persons in by_year.items():
                    value = sum(women(band, persons[band]) for band in bands)
                    if sex == "mężczyźni":
                        value = sum(persons[band] for band in bands) - value
                    yield f"{code}00000", name.upper(), label, sex, year, value, "osoba", ""


def _history_bands() -> Iterable[tuple[str, list[int]]]:
    yield from ((f"{low}-{high}", [number]) for number, (low, high) in enumerate(BANDS) if high and low < 70)
    yield "70 i więcej", [number for number, (low, _) in enumerate(BANDS) if low >= 70]


def projection(units: Units, people: People) -> Table:
    """Give people of 65 and 80 years and more by powiat and year."""
    yield "teryt_powiat", "powiat", "rok", "typ", "miara", "populacja", "zrodlo_url"
    for code, name in units.powiats.items():
        full = f"Powiat m. {name}" if is_city_code(code) else f"Powiat {name}"
        for year in range(COUNTED_ON, LAST_YEAR + 1):
            kind = "historyczny" if year == COUNTED_ON else "prognoza"
            for age in (65, 80):
                persons = sum(people.from_age(gmina, age, year) for gmina in units.of(code))
                yield code, full, year, kind, f"{age}plus", persons, f"{SITE}/prognoza"


def counts(units: Units, people: People) -> Table:
    """Give the published counts of groups, each at the levels where such counts are published."""
    yield "teryt", "indicator", "group", "value", "unit", "as_of", "source_url", "note"
    for code, indicator, group, value, day in _counted(units, people):
        unit = "percent" if "share" in indicator else "people"
        yield code, indicator, group, value, unit, day, f"{SITE}/liczby", "liczba zmyślona, do przykładu"


def _counted(units: Units, people: People) -> Iterator[tuple[str, str, str, float, str]]:
    for code in EXAMPLE_VOIVODESHIPS:
        residents = people.band(units.of(code), 0, len(BANDS) - 1)
        homeless = sum(_homeless(gmina, people) for gmina in units.of(code))
        yield code, "homeless_count_mrpips", "total", homeless, _NIGHT
        yield code, "homeless_count_mrpips", "women", round(homeless * 0.17), _NIGHT
        yield code, "disabled_total_nsp2021", "total", round(residents * 0.143), _CENSUS
        if code != MAIN:
            yield code, "disabled_legal_nsp2021", "total", round(residents * 0.098), _CENSUS
        yield code, "disabled_share_nsp2021", "total", 14.3, _CENSUS
    # Counted in each gmina, so that every figure of both groups has something to show; the neighbours have no data.
    for gmina in units.of(MAIN):
        persons = people.residents(gmina) * 0.045 + people.from_age(gmina, 65) * 0.25
        yield gmina.area_code, "disabled_legal_nsp2021", "total", round(persons), _CENSUS
        yield gmina.area_code, "homeless_count_mrpips", "total", _homeless(gmina, people), _NIGHT
    for number, code in enumerate(units.powiats):
        if number % 3:
            residents = people.band(units.of(code), 0, len(BANDS) - 1)
            yield code, "shelter_residents_bdl", "homeless", round(residents * 0.0003), "2023"


def _homeless(gmina: Gmina, people: People) -> int:
    return round(people.residents(gmina) * _HOMELESS_PER_1000[gmina.kind] / 1000)
