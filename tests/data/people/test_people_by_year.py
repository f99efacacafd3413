"""People by year: the readers of projections and of history, and the line of years that comes from both."""

import pandas as pd
import pytest

from data.loading.load import load_all
from data.people.people import people_from_age
from data.people.people_by_year import people_by_year
from data.registry.reading import read_registry
from data.sources.country.population_history import read_history
from data.sources.country.population_projection import read_ages, read_projection
from data.sources.registers.code_text import area_code_of_unit, bare_name
from data.sources.staged import SourceFormatError
from data.store.settings import Settings
from geo.errors import FrameError
from tests.support.invented import TINY_REGION

NAMES = {"98": {"zmyślone"}, "9801": {"zmyślański"}, "9861": {"Zmyślin"}}
HEADER = "teryt_powiat,powiat,rok,typ,miara,populacja"
AREAS = pd.DataFrame(
    [("12", "voivodeship", "12"), ("1201", "powiat", "12"), ("1261", "powiat", "12")],
    columns=["area_code", "level", "voivodeship_code"],
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", "12"),
        ("1206", "1206"),
        ("1200000", "12"),
        ("1206000", "1206"),
        ("011212161000", "1261"),
        ("011216911000", "1211"),
        ("011200000000", "12"),
        ("011212000000", None),  # a subregion
        ("011212006032", None),  # a gmina
        ("1206012", None),
        ("120601", None),
        ("Kraków", None),
    ],
)
def test_codes_of_gus_are_read_at_two_levels_only(text, code):
    assert area_code_of_unit(text) == code


def test_names_are_compared_without_the_kind_of_unit():
    assert bare_name("Powiat m. Nowy Sącz") == bare_name("Nowy Sącz") == "nowy sacz"
    assert bare_name("Powiat m. st. Warszawa") == "warszawa"
    assert bare_name("Powiat nowosądecki") != bare_name("Nowy Sącz")
    assert bare_name("MAŁOPOLSKIE") == bare_name("województwo małopolskie")


@pytest.mark.parametrize(
    ("text", "ages"),
    [("65plus", (65, None)), ("80+", (80, None)), ("65-69", (65, 69)), ("69-65", None), ("seniorzy", None)],
)
def test_ages_are_read(text, ages):
    assert read_ages(text) == ages


def _projection(folder, *lines, header=HEADER):
    path = folder / "projection.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return read_projection(path, names=NAMES)


def test_every_row_of_a_projection_is_taken_or_refused_with_a_reason(tmp_path):
    staged = _projection(
        tmp_path,
        "9801,Powiat zmyślański,2030,prognoza,65plus,120",
        "019812161000,Powiat m. Zmyślin,2030,prognoza,65plus,30",
        "98,,2024,historyczny,65-69,7",
        "9801,Powiat zmyślański,2024,historyczny,wiek_poprodukcyjny,140",
        "9801,Powiat m. Zmyślin,2030,prognoza,65plus,1",
        "9802,Powiat inny,2030,prognoza,65plus,1",
        "980101,,2030,prognoza,65plus,1",
        "9801,,2030,plan,65plus,1",
        "9801,,2030,prognoza,seniorzy,1",
        "9801,,30,prognoza,65plus,1",
        "9801,,2035,prognoza,65plus,",
        "9801,,2035,prognoza,65plus,około 5",
        "9801,,2035,prognoza,65plus,-5",
        "9801,,2030,prognoza,65plus,121",
    )
    records = staged.records.astype(object).where(staged.records.notna(), None)
    assert records.to_numpy().tolist() == [
        ["9801", 65, None, 2030, "projected", 120],
        ["9861", 65, None, 2030, "projected", 30],
        ["98", 65, 69, 2024, "counted", 7],
    ]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["5", "other_age_limit"],  # women from 60, men from 65: never 65+
        ["6", "bad_code"],  # the code has another name
        ["7", "unknown_area"],
        ["8", "bad_code"],
        ["9", "unknown_value"],
        ["10", "unknown_value"],
        ["11", "unreadable_date"],
        ["12", "missing_number"],
        ["13", "not_a_number"],
        ["14", "not_a_number"],
        ["15", "repeated_row"],
    ]
    assert staged.rows_read == len(staged.records) + len(staged.rejected) == 14


def test_projection_needs_its_columns_but_not_the_name(tmp_path):
    staged = _projection(
        tmp_path, "9801,2030,prognoza,65plus,5", header="teryt_powiat,rok,typ,miara,populacja"
    )
    assert len(staged.records) == 1
    with pytest.raises(
        SourceFormatError, match=r"projection.csv: expected columns miara; found teryt_powiat"
    ):
        _projection(tmp_path, header="teryt_powiat,rok,typ,populacja")


def test_history_adds_up_women_and_men():
    staged = read_history(TINY_REGION / "population_history.csv", names=NAMES)
    # 0-14 of 2018 is empty for both sexes; the other 16 rows make 8.
    assert staged.rejected["reason"].tolist() == ["missing_number"] * 2
    assert (staged.rows_read, len(staged.records)) == (18, 8)
    last = staged.records.query("year == 2020 and age_from == 65").iloc[0]
    assert (last["area_code"], last["age_to"], last["kind"], last["persons"]) == ("98", 69, "counted", 460)
    assert staged.records["age_to"].isna().sum() == 3


def test_half_of_the_people_is_not_taken_for_all_of_them(tmp_path):
    path = tmp_path / "history.csv"
    rows = [
        "9800000;ZMYŚLONE;65-69;kobiety;2020;5",
        "9800000;ZMYŚLONE;70 i więcej;kobiety;2020;5",
        "9800000;ZMYŚLONE;70 i więcej;mężczyźni;2020;6",
        "9800000;ZMYŚLONE;70 i więcej;mężczyźni;2020;7",
        "9800000;ZMYŚLONE;70 i więcej;ogółem;2020;11",
        "9800000;ZMYŚLONE;starsi;kobiety;2020;11",
        "9800000;ZMYŚLONE;65-69;kobiety;w 2020;11",
        "9800000;ZMYŚLONE;65-69;mężczyźni;2021;x",
        "9800000;INNE;65-69;mężczyźni;2021;5",
        "9700000;INNE;65-69;mężczyźni;2021;5",
        "9801011;Zmyślona Wola;65-69;mężczyźni;2021;5",
    ]
    path.write_text("\n".join(["Kod;Nazwa;Wiek;Płeć;Rok;Wartosc", *rows]), encoding="utf-8")
    staged = read_history(path, names=NAMES)
    assert staged.records[["age_from", "persons"]].to_numpy().tolist() == [[70, 11]]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["2", "missing_number"],
        ["5", "repeated_row"],
        ["6", "total_row"],
        ["7", "unknown_value"],
        ["8", "unreadable_date"],
        ["9", "not_a_number"],
        ["10", "bad_code"],
        ["11", "unknown_area"],
        ["12", "bad_code"],
    ]


def _rows(*rows):
    columns = ["source_code", "area_code", "year", "age_from", "age_to", "persons", "kind"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"age_to": "Int64"})


def _line(rows, age_from=65):
    line = people_by_year(rows, AREAS, age_from=age_from)
    return line[["area_code", "year", "persons", "source_code", "is_sum_of_parts"]].to_numpy().tolist()


def test_bands_that_overlap_are_not_added_up():
    rows = _rows(
        ("a", "1201", 2020, 65, 69, 10, "counted"),
        ("a", "1201", 2020, 70, None, 20, "counted"),
        ("a", "1201", 2020, 80, None, 5, "counted"),
        ("a", "1201", 2021, 65, None, 31, "counted"),
        ("a", "1201", 2021, 80, None, 6, "counted"),
        ("a", "1201", 2022, 65, 69, 9, "counted"),
        ("a", "1201", 2022, 75, None, 9, "counted"),  # nobody tells of 70-74
        ("a", "1201", 2023, 60, None, 50, "counted"),  # cannot be parted at 65
    )
    assert _line(rows) == [["1201", 2020, 30, "a", False], ["1201", 2021, 31, "a", False]]
    assert _line(rows, 80) == [["1201", 2020, 5, "a", False], ["1201", 2021, 6, "a", False]]


def test_a_voivodeship_is_the_sum_of_all_its_powiats_or_nothing():
    whole = [("a", "1201", 2030, 65, None, 10, "projected"), ("a", "1261", 2030, 65, None, 4, "projected")]
    assert ["12", 2030, 14, "a", True] in _line(_rows(*whole))
    assert _line(_rows(whole[0])) == [["1201", 2030, 10, "a", False]]
    # The other powiat is another source's: the two are not mixed.
    assert all(row[0] != "12" for row in _line(_rows(whole[0], ("b", *whole[1][1:]))))
    # What a source says itself goes before the sum.
    own = ("a", "12", 2030, 65, None, 15, "projected")
    assert ["12", 2030, 15, "a", False] in _line(_rows(*whole, own))


def test_two_sources_of_one_year_stay_two_points():
    rows = _rows(("a", "12", 2020, 65, None, 10, "counted"), ("b", "12", 2020, 65, None, 11, "counted"))
    # The only voivodeship here is the whole country.
    assert [row for row in _line(rows) if row[0] == "12"] == [
        ["12", 2020, 10, "a", False],
        ["12", 2020, 11, "b", False],
    ]
    assert _line(rows)[0] == ["00", 2020, 10, "a", True]


def test_a_band_told_twice_is_an_error_and_nothing_gives_nothing():
    row = ("a", "12", 2020, 65, None, 10, "counted")
    with pytest.raises(FrameError, match="each band once, found 65- of 12 in 2020 twice in a"):
        people_by_year(_rows(row, row), AREAS)
    assert people_by_year(_rows(), AREAS).empty


def test_line_of_the_invented_region_goes_from_counts_to_projections(engine, tmp_path):
    settings = Settings(str(engine.url), None, tmp_path / "cache", is_download_allowed=False)
    load_all(engine, settings)
    registry = read_registry(engine)
    line = people_by_year(registry.population_by_year, registry.areas)
    line = line[line["area_code"] == "98"]
    # 2,300 older people in 2020, as in the gminas; the projection grows by a tenth of that every five years.
    assert line[["year", "persons", "kind", "source_code"]].to_numpy().tolist() == [
        [2018, 1838, "counted", "zmyslone-lata"],
        [2019, 2068, "counted", "zmyslone-lata"],
        [2020, 2300, "counted", "zmyslone-lata"],
        [2020, 2300, "counted", "zmyslone-prognoza"],
        [2025, 2530, "projected", "zmyslone-prognoza"],
        [2030, 2760, "projected", "zmyslone-prognoza"],
        [2035, 2990, "projected", "zmyslone-prognoza"],
        [2040, 3220, "projected", "zmyslone-prognoza"],
    ]
    assert people_from_age(registry.population, 65).sum() == 2300


@pytest.mark.mirror
def test_real_projections_are_the_published_sums_and_history_is_whole(real_registry):
    by_year = real_registry.population_by_year
    for age in (65, 80):
        line = people_by_year(by_year, real_registry.areas, age_from=age)
        line = line[(line["area_code"] == "12") & (line["kind"] == "projected")]
        counts = real_registry.people_counts
        is_published = counts["indicator"] == f"population_projection_{age}plus"
        counts = counts[is_published & (counts["area_code"] == "12")]
        published = dict(zip(counts["as_of_text"].astype(int), counts["value"].astype(int), strict=True))
        assert dict(zip(line["year"], line["persons"], strict=True)) == published
        assert (published[2025], published[2040]) == {65: (650_339, 752_109), 80: (146_724, 249_957)}[age]
    line = people_by_year(by_year, real_registry.areas)
    line = line[line["source_code"] == "population-history"]
    assert line.groupby("area_code")["year"].agg(
        ["min", "max", "size"]
    ).drop_duplicates().to_numpy().tolist() == [[2000, 2023, 24]]
    assert line["area_code"].nunique() == 17
    assert set(by_year.loc[by_year["source_code"] == "projection-malopolskie", "age_from"]) == {65, 80}
    powiats = set(real_registry.areas_of_level("powiat").query("voivodeship_code == '12'")["area_code"])
    assert set(by_year.loc[by_year["source_code"] == "projection-malopolskie", "area_code"]) == powiats
