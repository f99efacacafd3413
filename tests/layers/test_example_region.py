"""The example region on the pages: every indicator has something to show, and every caution is seen somewhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.loading.load import load_all
from data.quality.areas import COMPLETE_FRESH, COMPLETE_OLD, PARTIAL
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.sources.roads.graph import read_road_network
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.store.settings import REPOSITORY, Settings
from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.languages import LANGUAGES
from layers.answers.area_table import AreaTable
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.method import method_sections

REGION = REPOSITORY / "data" / "example" / "region"
MAIN = "98"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give a database with the example, loaded as real sources are."""
    folder = tmp_path_factory.mktemp("example")
    engine = open_engine(f"sqlite:///{folder / 'example.sqlite'}")
    migrate(engine)
    settings = Settings("", REGION, folder / "cache", is_download_allowed=False)
    summary = load_all(engine, settings, catalogue_path=REGION / "catalogue.toml")
    assert summary.is_invented
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def registry(engine: Engine) -> Registry:
    return read_registry(engine)


@pytest.fixture(scope="module")
def world(registry: Registry) -> World:
    return World(registry, network=lambda: read_road_network(REGION / "roads.graphml"))


def _table(world: World, **choices: object) -> AreaTable:
    return build_area_table(world.registry, View(**{"scope": MAIN, **choices}).settled(), world=world)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_has_something_to_show(world: World, indicator: str) -> None:
    levels = INDICATORS[indicator].levels
    # What is known differs between voivodeships.
    scope = "00" if indicator in {"knowledge", "known_places"} else MAIN
    table = _table(world, indicator=indicator, form="DZI-KLS", level=levels[0], scope=scope)
    assert table.rows["value"].notna().sum() > (3 if levels[0] == "gmina" else 1)
    assert table.rows["value"].nunique() > 1


@pytest.mark.parametrize(
    ("group", "form"), [("older", "CAL-DPS"), ("disabled", "REI-WTZ"), ("homeless", "BEZ-SCH")]
)
@pytest.mark.parametrize("year", [0, 2035])
def test_every_group_has_places_and_people(world: World, group: str, form: str, year: int) -> None:
    table = _table(
        world, group=group, form=form, level="voivodeship", indicator="facilities_count", year=year
    )
    assert table.rows["value"].iloc[0] > 3


@pytest.mark.parametrize(
    ("group", "form", "target"),
    [
        ("older", "CAL-DPS", 1.02),
        ("older", "DZI-KLS", 5.44),
        ("disabled", "REI-WTZ", 3.94),
        ("homeless", "BEZ-NOC", 142.97),
        ("homeless", "BEZ-SCH", 612.18),
    ],
)
def test_every_group_has_a_target_and_a_gap(world: World, group: str, form: str, target: float) -> None:
    """At least half of the 16 powiats have places, so that their median is one, and places are missing in some."""
    table = _table(world, group=group, form=form, level="powiat", indicator="gap_share")
    assert table.norm is not None
    assert table.norm.places_per_1000 == pytest.approx(target, abs=0.005)
    # Where the places that are missing are "at least none", the share tells nothing either.
    assert table.rows["value"].notna().sum() >= 13
    assert table.rows["value"].nunique() > 3
    assert table.rows["missing_places"].sum() > 10


def test_every_form_of_every_group_stands_somewhere(registry: Registry) -> None:
    forms = {form for group in screen_groups() for form in forms_for_group(group)}
    lacking = forms - set(registry.services["support_form"])
    assert not lacking, (
        f"expected every form of the vocabulary, found none of {sorted(lacking)}; write it at the end of KINDS in "
        "data/example/provider_kinds.py and run `python -m data example`"
    )


@pytest.mark.parametrize("indicator", ["organisation", "local_plan"])
def test_every_state_of_plans_and_centres_is_seen(world: World, indicator: str) -> None:
    for level in INDICATORS[indicator].levels:
        assert set(_table(world, indicator=indicator, level=level).rows["value"].dropna()) == {1, 2, 3}


@pytest.mark.parametrize(
    ("group", "form"), [("older", "DZI-KLS"), ("disabled", "REI-WTZ"), ("homeless", "BEZ-NOC")]
)
@pytest.mark.parametrize("indicator", ["places_per_1000", "coverage_share", "access_per_1000"])
def test_people_of_a_group_are_known_in_gminas(world: World, group: str, form: str, indicator: str) -> None:
    table = _table(world, group=group, form=form, level="gmina", indicator=indicator)
    assert table.rows["demand_persons"].notna().all()
    assert table.rows["value"].nunique() > 3


def test_every_caution_is_seen_somewhere(world: World, registry: Registry) -> None:
    gap = _table(world, indicator="gap_share", form="DZI-KLS")
    assert gap.rows["value"].isna().any()  # no data: neighbours whose list is not complete
    assert set(gap.bounds["value"]) - {""}  # at least, at most or unsure
    by_car = _table(world, indicator="coverage_share", form="BEZ-NOC", group="homeless", travel="car")
    assert by_car.rows["value"].isna().any()  # off the roads
    services = registry.services
    assert set(services["visibility"]) >= {"public", "gmina_centroid"}
    assert {"door", "locality", "gmina"} <= set(services["place_grade"])
    assert services["origin"].eq("polling_station").any()  # not confirmed
    assert services.loc[services["is_unconfirmed"], "gmina_code"].tolist() == ["970203"]  # nor spoken against
    view = View(indicator="knowledge", form="CAL-DPS", level="voivodeship")
    known = build_area_table(registry, view, today=date(2026, 11, 29), world=world)
    assert known.rows["value"].to_dict() == {"96": COMPLETE_OLD, "97": PARTIAL, "98": COMPLETE_FRESH}


@pytest.mark.parametrize(("lang", "word"), [("pl", "ZMYŚLONE"), ("uk", "ВИГАДАНІ"), ("en", "INVENTED")])
def test_a_print_of_the_example_says_so_and_names_no_country(world: World, lang: str, word: str) -> None:
    view = View(lang=lang, form="DZI-KLS", indicator="facilities_count")
    caption = build_caption(build_area_table(world.registry, view, world=world), texts_of(lang))
    assert word in caption.warning
    assert texts_of(lang).t("choice.country") not in caption.subtitle
    assert texts_of(lang).t("example.country") in caption.subtitle


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_people_are_counted_names_no_office_that_did_not_count_them(lang: str) -> None:
    # The pages of the example show the same words; the sources below a map name who counted.
    texts = texts_of(lang)
    told = [texts.t("method.people.text"), texts.t("method.year.text")]
    told += [section.text for section in method_sections()]
    assert not [text for text in told if "GUS" in text]


def test_a_path_of_the_region_is_no_real_source(registry: Registry) -> None:
    assert registry.state.is_invented
    assert registry.state.voivodeships == 3
    assert {path.name for path in Path(REGION).iterdir()} >= {"catalogue.toml", "roads.graphml"}
