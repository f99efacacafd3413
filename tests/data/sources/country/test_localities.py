import pandas as pd

from data.sources.country.boundaries import read_gminas
from data.sources.country.localities import match_population, read_localities, read_places
from data.sources.staged import Staged, rejected_rows
from tests.support.invented import TINY_REGION

GMINAS = read_gminas(TINY_REGION / "gminas.geojson")
OWN_CODES = {code: code for code in GMINAS["area_code"]}


def _localities(text: str, folder) -> Staged:
    path = folder / "localities.csv"
    path.write_text("id,name,kind,voivodeship,powiat,gmina,gmina_kind,lat,lon\n" + text, encoding="utf-8")
    return read_localities(path, GMINAS)


def _places(*rows: tuple[str, str, int], is_section_of_town: bool = False) -> Staged:
    records = pd.DataFrame(rows, columns=["name", "gmina_code", "population_persons"])
    records.insert(0, "row_reference", [str(position + 2) for position in records.index])
    records["is_section_of_town"] = is_section_of_town
    return Staged(records, rejected_rows(), rows_read=len(records))


def test_gmina_is_found_by_point_and_disagreement_is_flagged() -> None:
    records = read_localities(TINY_REGION / "localities.csv", GMINAS).records.set_index("name")
    assert records.loc["Zmyślin", ["gmina_code", "is_gmina_name_agreed"]].tolist() == ["986101", True]
    assert records.loc["Miedza", ["gmina_code", "stated_gmina_name"]].tolist() == ["980107", "Wydumka"]
    assert records.loc[~records["is_gmina_name_agreed"]].index.tolist() == ["Miedza"]


def test_names_are_compared_without_diacritics_and_parts(tmp_path) -> None:
    staged = _localities(
        "1,A,wieś,zmyślone,zmyślański,ZMYSLONA-WOLA,wiejska,54.706840,15.816955\n"
        "2,B,wieś,zmyślone,,Zmyślona Wola-obszar wiejski w gminie miejsko-wiejskiej,,54.706840,15.816955\n"
        "3,C,wieś,zmyślone,zmyślański,Wola,wiejska,54.706840,15.816955\n",
        tmp_path,
    )
    assert staged.records["gmina_code"].tolist() == ["980101"] * 3
    assert staged.records["is_gmina_name_agreed"].tolist() == [True, True, False]


def test_outside_all_gminas_is_kept_and_without_a_point_is_rejected(tmp_path) -> None:
    staged = _localities("1,A,wieś,x,y,z,,50.0,19.0\n2,B,wieś,x,y,z,,,\n", tmp_path)
    assert staged.records["gmina_code"].tolist() == [None]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["3", "missing_name_or_point"]
    ]
    assert staged.rows_read == 2


def test_population_is_matched_by_gmina_and_name() -> None:
    localities = read_localities(TINY_REGION / "localities.csv", GMINAS).records
    places = read_places(TINY_REGION / "places.tsv")
    persons, matched = match_population(localities, places, area_of_code=OWN_CODES)
    known = dict(zip(localities["name"][persons.notna()], persons.dropna(), strict=True))
    assert known == {"Zmyślona Wola": 90, "Zmyślin": 1500, "Wydumka": 600}
    assert matched.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["7", "without_population"],
        ["5", "section_of_town"],
        ["6", "no_such_locality"],
    ]
    assert len(matched.records) + len(matched.rejected) == matched.rows_read == 6


def test_section_of_a_town_that_is_a_locality_of_its_own_is_matched() -> None:
    localities = pd.DataFrame({"gmina_code": ["980101"], "name": ["Nic"], "kind": ["wieś"]})
    places = _places(("Nic", "980101", 70), ("Osiedle", "980101", 60), is_section_of_town=True)
    persons, matched = match_population(localities, places, area_of_code=OWN_CODES)
    assert persons.tolist() == [70]
    assert matched.rejected["reason"].tolist() == ["section_of_town"]


def test_namesakes_in_one_gmina_only_a_town_is_sure() -> None:
    localities = pd.DataFrame(
        {
            "gmina_code": ["980101", "980101", "980102", "980102", None],
            "name": ["Nic", "Nic", "Nic", "Nic", "Nic"],
            "kind": ["miasto", "wieś", "wieś", "wieś", "wieś"],
        }
    )
    places = _places(("Nic", "980101", 70), ("Nic", "980102", 80), ("NIC", "980101", 60))
    persons, matched = match_population(localities, places, area_of_code=OWN_CODES)
    assert persons.fillna(0).tolist() == [70, 0, 0, 0, 0]
    assert matched.rejected["reason"].tolist() == ["ambiguous_name", "same_locality_again"]


def test_code_of_a_younger_gmina_means_its_parent() -> None:
    localities = pd.DataFrame({"gmina_code": ["980108"], "name": ["Nic"], "kind": ["wieś"]})
    persons, _ = match_population(
        localities, _places(("Nic", "980109", 12)), area_of_code=OWN_CODES | {"980109": "980108"}
    )
    assert persons.tolist() == [12]
