from datetime import date
from pathlib import Path

import pytest

from data.catalogue import REAL_CATALOGUE, read_catalogue
from data.catalogue_file import CatalogueError
from tests.support.invented import TINY_CATALOGUE


def _changed(folder: Path, old: str, new: str) -> Path:
    """Write the invented catalogue with one change."""
    text = TINY_CATALOGUE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "catalogue.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_real_catalogue_says_whose_every_source_is() -> None:
    catalogue = read_catalogue()
    assert not catalogue.is_invented
    assert all(source.publisher and source.licence and source.attribution for source in catalogue.source)
    assert catalogue.only("population").check == {
        "persons": 38_265_013,
        "persons_65_plus": 7_119_985,
        "persons_80_plus": 1_683_970,
    }


def test_newest_of_dated_files_is_loaded() -> None:
    (homes,) = [source for source in read_catalogue().source if source.code == "malopolskie-dps"]
    assert [file.as_of for file in homes.files] == [
        date(2025, 5, 31),
        date(2025, 10, 31),
        date(2026, 5, 31),
        date(2026, 6, 30),
    ]
    assert homes.newest.as_of == date(2026, 6, 30)


def test_invented_sources_never_share_a_code_with_real_ones() -> None:
    real = {source.code for source in read_catalogue(REAL_CATALOGUE).source}
    invented = read_catalogue(TINY_CATALOGUE)
    assert invented.is_invented
    assert real.isdisjoint(source.code for source in invented.source)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('licence = "MIT"', 'license = "MIT"', "zmyslone-granice.licence: Field required"),
        ('kind = "boundaries"', 'kind = "borders"', "zmyslone-granice.kind"),
        ('code = "zmyslone-terc"', 'code = "zmyslone-granice"', "used twice: zmyslone-granice"),
        ('kind = "localities"', 'kind = "people_counts"', "one source of kind `localities`, found 0"),
        ('profile = "zmyslone-dps"\n', "", "a register names its `profile`"),
        ('vintage = "2019"\n', "", "state their `vintage`"),
        (
            'profile = "zmyslone-dps"\n',
            'profile = "zmyslone-dps"\nlists_every_with = ["nikt"]\n',
            "`lists_every_with` names no source here: nikt",
        ),
    ],
)
def test_wrong_entry_is_an_error_that_names_it(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(_changed(tmp_path, old, new))
    assert said in str(caught.value)


def test_broken_toml_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text("[[source]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="expected a TOML file"):
        read_catalogue(path)


def test_entry_text_changes_the_fingerprint(tmp_path: Path) -> None:
    before = read_catalogue(TINY_CATALOGUE).only("boundaries").fingerprint
    after = (
        read_catalogue(_changed(tmp_path, "Zmyślone granice", "Inne granice")).only("boundaries").fingerprint
    )
    assert before != after


def test_boundaries_of_another_year_take_the_place_of_the_source_s_own() -> None:
    own = read_catalogue()
    other = own.with_boundaries("2019")
    assert [catalogue.only("boundaries").check["gminas"] for catalogue in (own, other)] == [2479, 2477]
    assert other.only("boundaries").newest.path == "boundaries/gminas_2019.geojson"
    assert [source.code for source in other.source] == [source.code for source in own.source]
    assert own.with_boundaries(None) is own.with_boundaries("2026") is own
    with pytest.raises(
        CatalogueError, match=r"expected the year of boundaries in the catalogue \(2026, 2019\)"
    ):
        own.with_boundaries("2020")
