"""People of a group: bands of age, counts at their own level, estimates that keep every sum, and no mixing."""

import json
import random
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.people.people import OLDER_AGES, people_of_group
from data.sources.country.people_counts import read_people_counts
from data.sources.country.population import read_population
from geo.errors import FrameError, OptionError
from geo.teryt import VOIVODESHIPS

CENSUS_DAY, NIGHT_2019, NIGHT_2024 = "2021-03-31", "2019-02-14", "2024-02-29"
COUNTED_ON = date(2020, 12, 31)
BANDS = [(0, 59), (60, 64), (65, 69), (70, 74), (75, 79), (80, 84), (85, None)]
COUNT_COLUMNS = ["area_code", "indicator", "subgroup", "value", "unit", "as_of_text", "source_url", "note"]


def areas_of(gminas):
    rows = [("gmina", code) for code in gminas]
    rows += [("powiat", code) for code in sorted({code[:4] for code in gminas})]
    rows += [("voivodeship", code) for code in sorted({code[:2] for code in gminas})]
    return pd.DataFrame(rows, columns=["level", "area_code"])


def population_of(bands_by_gmina, *, bands=BANDS, on=COUNTED_ON):
    rows = [
        (code, low, high, persons, on)
        for code, numbers in bands_by_gmina.items()
        for (low, high), persons in zip(bands, numbers, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "age_from", "age_to", "persons", "counted_on"])
    return frame.astype({"age_to": "Int64"})


def residents_of(residents):
    return population_of({code: (persons,) for code, persons in residents.items()}, bands=[(0, None)])


def counts_of(*rows, indicator="homeless_count_mrpips"):
    full = [
        (code, indicator, "total", value, "people", day, f"https://example.org/{code}/{day}", None)
        for code, value, day in rows
    ]
    return pd.DataFrame(full, columns=COUNT_COLUMNS)


NOBODY = counts_of()

# Voivodeship 12: a city of 600 residents (powiat of its own) and three villages of 100, 200 and 300 in powiat 1201.
RESIDENTS = {"126101": 600, "120101": 100, "120102": 200, "120103": 300, "240101": 400, "240102": 600}


def homeless(level, counts, *, residents=RESIDENTS, **options):
    return people_of_group(
        "homeless",
        level=level,
        areas=areas_of(residents),
        population=residents_of(residents),
        people_counts=counts,
        **options,
    )


def test_older_people_of_every_age_are_worked_by_hand():
    bands = {"120101": (100, 6, 5, 4, 3, 2, 1), "120102": (200, 60, 50, 40, 30, 20, 10)}
    world = {"areas": areas_of(bands), "population": population_of(bands), "people_counts": NOBODY}
    expected = {60: 21, 65: 15, 70: 10, 75: 6, 80: 3, 85: 1}
    assert tuple(expected) == OLDER_AGES
    for age, persons in expected.items():
        people = people_of_group("older", level="gmina", age_from=age, **world)
        assert people.persons.to_dict() == {"120101": persons, "120102": 10 * persons}
        assert people.method_key == f"population_{age}"
        by_powiat = people_of_group("older", level="powiat", age_from=age, **world)
        assert by_powiat.persons.to_dict() == {"1201": 11 * persons}
    assert (people.counted_on, people.base_level, people.has_estimates) == (COUNTED_ON, "gmina", False)


def test_a_gmina_without_population_makes_its_powiat_unknown_and_no_other():
    bands = {"120101": (1, 1, 1, 1, 1, 1, 1), "120201": (1, 1, 1, 1, 1, 1, 2)}
    world = {
        "areas": areas_of([*bands, "120102"]),
        "population": population_of(bands),
        "people_counts": NOBODY,
    }
    people = people_of_group("older", level="powiat", age_from=80, **world)
    assert people.persons.isna().to_dict() == {"1201": True, "1202": False}
    assert people.persons["1202"] == 3
    assert people.unknown_count == 1
    assert people_of_group("older", level="voivodeship", **world).method_key == "unknown"


@pytest.mark.parametrize(
    "bands",
    [[(0, 64), (65, None)], [(0, 69), (70, 79)], [(0, 70), (70, None)]],
    ids=["across", "end", "both"],
)
def test_bands_that_do_not_tell_an_age_leave_it_unknown(bands):
    people = people_of_group(
        "older",
        level="gmina",
        areas=areas_of(["120101"]),
        population=population_of({"120101": (5, 5)}, bands=bands),
        people_counts=NOBODY,
        age_from=70,
    )
    assert people.persons.isna().all()
    assert (people.method_key, people.counted_on) == ("unknown", None)


def test_two_days_of_population_are_never_added_up():
    old, new = {"120101": (0, 9, 9, 9, 9, 9, 9)}, {"120101": (0, 1, 1, 1, 1, 1, 1)}
    population = pd.concat([population_of(old, on=date(2010, 12, 31)), population_of(new)])
    world = {"areas": areas_of(new), "population": population, "people_counts": NOBODY}
    assert people_of_group("older", level="gmina", **world).persons.to_dict() == {"120101": 5}
    past = people_of_group("older", level="gmina", counted_on=date(2010, 12, 31), **world)
    assert (past.persons.to_dict(), past.counted_on) == ({"120101": 45}, date(2010, 12, 31))


def test_homeless_people_are_spread_by_residents_worked_by_hand():
    """100 counted in the voivodeship, 40 of them in the city: 60 are left for 600 residents, 1 for each 10."""
    counts = counts_of(("12", 100, NIGHT_2024), ("126101", 40, NIGHT_2024))
    people = homeless("gmina", counts, scope="12", is_estimated=True)
    assert people.persons.to_dict() == {"120101": 10, "120102": 20, "120103": 30, "126101": 40}
    assert people.is_estimate.to_dict() == {
        "120101": True,
        "120102": True,
        "120103": True,
        "126101": False,
    }
    assert people.method_key == "homeless_count_mrpips_by_residents"
    assert (people.indicator, people.base_level) == ("homeless_count_mrpips", "voivodeship")
    assert (people.counted_on, people.residents_on) == (date(2024, 2, 29), COUNTED_ON)
    assert people.source_urls == (
        "https://example.org/12/2024-02-29",
        "https://example.org/126101/2024-02-29",
    )
    by_powiat = homeless("powiat", counts, scope="12", is_estimated=True)
    assert by_powiat.persons.to_dict() == {"1201": 60, "1261": 40}
    assert by_powiat.is_estimate.to_dict() == {"1201": True, "1261": False}
    whole = homeless("voivodeship", counts, scope="12", is_estimated=True)
    assert (whole.persons.to_dict(), whole.method_key) == ({"12": 100}, "homeless_count_mrpips")
    assert not whole.has_estimates


def test_without_asking_nothing_is_estimated():
    counts = counts_of(("12", 100, NIGHT_2024), ("126101", 40, NIGHT_2024))
    people = homeless("gmina", counts)
    assert people.persons.dropna().to_dict() == {"126101": 40}
    assert not people.has_estimates
    assert homeless("powiat", counts).persons.dropna().to_dict() == {"1261": 40}


def test_a_voivodeship_without_a_count_stays_unknown_at_every_level():
    counts = counts_of(("12", 100, NIGHT_2019), ("00", 30_330, NIGHT_2019))
    for level in ("gmina", "powiat", "voivodeship"):
        people = homeless(level, counts, is_estimated=True)
        is_silesian = people.persons.index.str.startswith("24")
        assert people.persons[is_silesian].isna().all()
        assert not people.is_estimate[is_silesian].any()
        assert people.persons[~is_silesian].sum() == pytest.approx(100, rel=1e-12)


def test_the_country_takes_the_day_of_most_voivodeships_and_one_of_them_its_newest():
    counts = counts_of(
        *(("12", 80, NIGHT_2019), ("24", 50, NIGHT_2019), ("12", 100, NIGHT_2024), ("126101", 40, NIGHT_2024))
    )
    country = homeless("voivodeship", counts)
    assert (country.persons.to_dict(), country.counted_on) == ({"12": 80, "24": 50}, date(2019, 2, 14))
    assert homeless("voivodeship", counts, scope="12").persons.to_dict() == {"12": 100}
    assert homeless("gmina", counts, scope="1261").persons.to_dict() == {"126101": 40}
    # The city's count is of another night: it may not stand beside estimates of 2019.
    spread = homeless("gmina", counts, is_estimated=True)
    assert spread.persons["126101"] == pytest.approx(40.0)
    assert spread.is_estimate["126101"]
    chosen = homeless("voivodeship", counts, counted_on=date(2024, 2, 29))
    assert chosen.persons.dropna().to_dict() == {"12": 100}


def test_of_days_with_as_many_voivodeships_the_newest_is_taken():
    counts = counts_of(("12", 80, "2015-01-22"), ("24", 50, NIGHT_2019))
    assert homeless("voivodeship", counts).persons.dropna().to_dict() == {"24": 50}


def test_days_that_are_not_told_whole_and_figures_that_disagree_are_not_used():
    counts = counts_of(
        ("12", 80, "2013-02"), ("12", 90, None), ("24", 50, NIGHT_2019), ("24", 51, NIGHT_2019)
    )
    people = homeless("voivodeship", counts)
    assert (people.unknown_count, people.method_key, people.source_urls) == (2, "unknown", ())


def test_other_methods_and_subgroups_are_never_taken():
    other = counts_of(("12", 999, NIGHT_2019), indicator="homeless_estimate_rops_ops")
    men = counts_of(("12", 70, NIGHT_2019)).assign(subgroup="men")
    assert homeless("voivodeship", pd.concat([other, men])).unknown_count == 2


def test_a_gmina_of_a_voivodeship_without_a_count_is_still_known():
    people = homeless("gmina", counts_of(("126101", 40, NIGHT_2019)), scope="12", is_estimated=True)
    assert people.persons.dropna().to_dict() == {"126101": 40}


def test_what_cannot_be_spread_stays_unknown():
    more_than_all = counts_of(("12", 30, NIGHT_2024), ("126101", 40, NIGHT_2024))
    people = homeless("gmina", more_than_all, scope="12", is_estimated=True)
    assert people.persons.dropna().to_dict() == {"126101": 40}
    without = homeless(
        "gmina", counts_of(("12", 30, NIGHT_2024)), residents=RESIDENTS | {"120103": None}, is_estimated=True
    )
    assert without.method_key == "unknown"


def test_people_with_disabilities_are_spread_over_the_whole_country_or_not_at_all():
    """1,700 people over 16 voivodeships of 100 residents and one gmina more of 100: 100 for each gmina."""
    residents = dict.fromkeys([f"{code}0101" for code in VOIVODESHIPS] + ["120102"], 100)
    legal = counts_of(("00", 1700, CENSUS_DAY), indicator="disabled_legal_nsp2021")
    rounded = counts_of(("00", 9_000_000, CENSUS_DAY), indicator="disabled_total_nsp2021")
    world = {
        "areas": areas_of(residents),
        "population": residents_of(residents),
        "people_counts": pd.concat([legal, rounded]),
    }
    people = people_of_group("disabled", level="voivodeship", is_estimated=True, **world)
    assert people.persons["12"] == pytest.approx(200)
    assert people.persons.sum() == pytest.approx(1700)
    assert people.is_estimate.all()
    assert (people.method_key, people.base_level) == ("disabled_legal_nsp2021_by_residents", "country")
    in_scope = people_of_group("disabled", level="gmina", scope="1201", is_estimated=True, **world)
    assert in_scope.persons.to_dict() == {"120101": pytest.approx(100), "120102": pytest.approx(100)}
    assert people_of_group("disabled", level="voivodeship", **world).method_key == "unknown"
    part = {code: persons for code, persons in residents.items() if not code.startswith("32")}
    world["areas"] = areas_of(part)
    assert people_of_group("disabled", level="gmina", is_estimated=True, **world).method_key == "unknown"


def test_people_of_another_group_are_unknown():
    world = {
        "areas": areas_of(RESIDENTS),
        "population": residents_of(RESIDENTS),
        "people_counts": NOBODY,
    }
    people = people_of_group("caregivers", level="voivodeship", is_estimated=True, **world)
    assert people.persons.isna().to_dict() == {"12": True, "24": True}


def test_wrong_options_and_frames_are_refused():
    counts = counts_of(("12", 100, NIGHT_2024))
    with pytest.raises(OptionError, match="level of gmina"):
        homeless("parish", counts)
    with pytest.raises(OptionError, match="found 67"):
        homeless("gmina", counts, age_from=67)
    with pytest.raises(OptionError, match="whole areas of level voivodeship"):
        homeless("voivodeship", counts, scope="1201")
    with pytest.raises(FrameError, match="0 or more"):
        homeless("voivodeship", counts_of(("12", -1, NIGHT_2024)))
    with pytest.raises(FrameError, match="no \\['value'\\]"):
        homeless("voivodeship", counts.drop(columns="value"))


def obvious_spread(total, counted, residents):
    """The slow, obvious way: hand out one by one what the counted gminas leave."""
    others = {code: number for code, number in residents.items() if code not in counted}
    rest, everybody = total - sum(counted.values()), sum(others.values())
    return counted | {code: rest * number / everybody for code, number in others.items()}


def test_fewer_than_no_people_are_unknown_in_the_gmina_and_kept_in_the_sum_of_its_powiat():
    """GUS: Ciepłowody has -14 residents of 85+, and its powiat adds that up."""
    bands = {"022402": (9, 9, 9, 9, 9, 47, -14), "022403": (9, 9, 9, 9, 9, 9, 20)}
    world = {"areas": areas_of(bands), "population": population_of(bands), "people_counts": NOBODY}
    oldest = people_of_group("older", level="gmina", age_from=85, **world)
    assert oldest.persons.dropna().to_dict() == {"022403": 20}
    assert people_of_group("older", level="powiat", age_from=85, **world).persons.to_dict() == {"0224": 6}
    assert people_of_group("older", level="gmina", age_from=80, **world).persons["022402"] == 33


@settings(max_examples=50, deadline=None)
@given(
    residents=st.lists(st.integers(1, 1000), min_size=2, max_size=6),
    counted=st.lists(st.integers(0, 50), max_size=1),
    rest=st.integers(0, 500),
    seed=st.randoms(use_true_random=False),
)
def test_estimates_sum_to_the_count_and_keep_what_was_counted(residents, counted, rest, seed: random.Random):
    gminas = {f"1201{number:02d}": persons for number, persons in enumerate(residents, start=1)}
    known = {f"1201{number:02d}": persons for number, persons in enumerate(counted, start=1)}
    total = sum(counted) + rest
    rows = [("12", total, NIGHT_2024), *((code, persons, NIGHT_2024) for code, persons in known.items())]
    seed.shuffle(rows)
    people = homeless("gmina", counts_of(*rows), residents=gminas, is_estimated=True)
    assert people.persons.sum() == pytest.approx(total, rel=1e-12)
    assert people.persons.to_dict() == pytest.approx(obvious_spread(total, known, gminas))
    assert set(people.is_estimate.index[~people.is_estimate]) == set(known)


@pytest.fixture(scope="module")
def poland(mirror):
    features = json.loads((mirror / "boundaries/gminas_2019.geojson").read_text())["features"]
    codes = sorted(feature["properties"]["terc"][:6] for feature in features)
    staged = read_population(
        mirror / "population/LUDN_2137_CTAB_20210625164329.csv", area_of_code={code: code for code in codes}
    )
    areas = areas_of(codes)
    tables = [
        read_people_counts(mirror / f"population/demand_{name}.csv", known_areas=set(areas["area_code"]))
        for name in ("voivodeship", "gmina")
    ]
    return {
        "areas": areas,
        "population": staged.records.assign(counted_on=COUNTED_ON),
        "people_counts": pd.concat([table.records for table in tables], ignore_index=True),
    }


@pytest.mark.mirror
def test_older_people_of_poland_are_those_of_gus(poland):
    people = people_of_group("older", level="voivodeship", **poland)
    assert people.persons.sum() == 7_119_985
    assert people_of_group("older", level="gmina", age_from=80, **poland).persons.sum() == 1_683_970
    oldest = people_of_group("older", level="gmina", age_from=85, **poland)
    assert oldest.persons.index[oldest.persons.isna()].to_list() == ["022402", "261003"]


@pytest.mark.mirror
def test_homeless_people_of_malopolska_are_of_the_night_of_2024(poland):
    people = people_of_group("homeless", level="gmina", scope="12", is_estimated=True, **poland)
    assert people.counted_on == date(2024, 2, 29)
    assert people.persons[["126101", "126301", "126201"]].to_list() == [1241, 184, 95]
    counted = people.persons[~people.is_estimate]
    assert (len(people.persons), len(counted), counted.sum()) == (182, 5, 1648)
    assert people.persons.sum() == pytest.approx(2093, rel=1e-12)


@pytest.mark.mirror
def test_homeless_people_of_poland_are_of_the_night_of_2019_where_it_was_found(poland):
    people = people_of_group("homeless", level="voivodeship", **poland)
    assert people.counted_on == date(2019, 2, 14)
    assert people.persons.dropna().index.to_list() == ["08", "12", "14", "18", "20", "22", "24", "26"]
    assert people.persons["12"] == 1893
    below = people_of_group("homeless", level="gmina", is_estimated=True, **poland)
    by_voivodeship = below.persons.groupby(below.persons.index.str[:2])
    known = people.persons.dropna()
    assert by_voivodeship.sum()[known.index].to_dict() == pytest.approx(known.to_dict(), rel=1e-12)
    # Szczecin was counted that night, the rest of its voivodeship was not found: it is known, they are not.
    assert below.persons[below.persons.index.str.startswith("32")].dropna().to_dict() == {"326201": 853}


@pytest.mark.mirror
def test_people_with_disabilities_of_poland_are_estimates_that_sum_to_the_census(poland):
    people = people_of_group("disabled", level="powiat", is_estimated=True, **poland)
    assert people.persons.sum() == pytest.approx(3_471_193, rel=1e-12)
    assert people.is_estimate.all()
    assert people.counted_on == date(2021, 3, 31)
