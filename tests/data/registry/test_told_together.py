"""Parts of a divided gmina: one area where people are told, each its own gmina where help stands."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from shapely import Point
from sqlalchemy import Engine, insert, update
from sqlalchemy.orm import Session

from data.people.people import people_of_group
from data.reading.area_queries import areas
from data.reading.people_queries import population, residents_by_year
from data.registry.offices import office_of
from data.registry.reading import read_registry, told_together
from data.registry.registry import OFFICE_COLUMNS
from data.registry.told_together import ToldTogether
from data.scenarios.scenario import Change, Scenario
from data.scenarios.text import to_text
from data.store.schema import Area, Locality, Population
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.table_building import build_area_table
from layers.export.table_rows import table_rows
from layers.text import texts_of
from layers.view.reading import Loss, lost_in, told_view
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.loss_words import names_of_lost
from layers.words.scenario_words import ScenarioWords
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording
from tests.support.small_registry import EAST, WEST, add_areas, add_facility, add_release

SHELTERS = View(scope="98", level="gmina", group="homeless", form="BEZ-SCH", indicator="facilities_count")


@pytest.fixture
def divided(engine: Engine):
    """The eastern gmina was divided off the western one: 1,000 people of both, a home in each."""
    with Session(engine) as session:
        add_areas(session)
        session.execute(update(Area).where(Area.area_code == EAST).values(people_code=WEST))
        release = add_release(session, "population", as_of=date(2024, 12, 31))
        for age_from, age_to, persons in ((0, 64, 800), (65, None, 200)):
            session.execute(
                insert(Population).values(
                    release_id=release,
                    area_code=WEST,
                    age_from=age_from,
                    age_to=age_to,
                    persons=persons,
                    counted_on=date(2024, 12, 31),
                )
            )
        places = add_release(session, "localities")
        for key, name, code, east in (("w", "Zachód", WEST, 19.1), ("e", "Wschód", EAST, 19.3)):
            session.execute(
                insert(Locality).values(
                    release_id=places,
                    source_key=key,
                    name=name,
                    kind="wieś",
                    gmina_code=code,
                    stated_gmina_name=name,
                    stated_powiat_name="zmyślony",
                    stated_voivodeship_name="zmyślone",
                    is_gmina_name_agreed=True,
                    population_persons=None,
                    point=Point(east, 50.1),
                )
            )
        register = add_release(session, "register", as_of=date(2025, 1, 1))
        add_facility(session, register, "west", gmina_code=WEST)
        add_facility(session, register, "east", gmina_code=EAST)
        session.commit()
    return read_registry(engine)


def test_the_union_is_one_area_named_by_all_of_it(divided) -> None:
    (row,) = divided.areas_of_level("gmina").to_dict("records")
    assert (row["area_code"], row["name"], row["area_km2"]) == (WEST, "Zachód + Wschód", 2.0)
    assert row["teryt_code"] == f"{WEST}+{EAST}"
    assert row["geometry"].bounds == pytest.approx((19.0, 50.0, 19.4, 50.2))
    assert [part.name for part in divided.together.parts[WEST]] == ["Zachód", "Wschód"]


def test_its_people_are_told_once_and_never_of_a_part(divided) -> None:
    older = {
        level: people_of_group(
            "older",
            level=level,
            areas=divided.areas,
            population=divided.population,
            people_counts=divided.people_counts.assign(value=[]),
        ).persons.to_dict()
        for level in ("gmina", "powiat")
    }
    assert older == {"gmina": {WEST: 200.0}, "powiat": {"9801": 200.0}}


def test_facilities_stand_in_their_own_gmina_and_are_counted_in_the_union(divided) -> None:
    assert divided.services["gmina_code"].tolist() == [WEST, WEST]
    assert divided.services["gmina_name"].tolist() == ["Zachód", "Wschód"]
    assert divided.own_gminas.services["gmina_code"].tolist() == [WEST, EAST]
    table = build_area_table(divided, SHELTERS)
    assert table.rows["facilities_count"].to_dict() == {WEST: 2}


def test_a_search_finds_each_gmina_by_itself(divided) -> None:
    found = {(place.gmina_code, place.gmina_name) for place in divided.places.found_by_name()}
    assert (EAST, "Wschód") in found
    assert divided.places.get(f"g:{EAST}").name == "Wschód"


def test_a_file_has_both_codes_and_says_why(divided) -> None:
    table = build_area_table(divided, SHELTERS)
    for lang, word in (("pl", "podawane razem"), ("uk", "подаємо разом"), ("en", "told together")):
        caption = build_caption(table, texts_of(lang))
        assert table_rows(table, caption)["area_code"].tolist() == [f"{WEST}+{EAST}"]
        (note,) = [note for note in caption.notes if word in note]
        assert "Zachód + Wschód" in note
    powiats = build_area_table(divided, SHELTERS.with_changes(level="powiat"))
    assert not any("razem" in note for note in build_caption(powiats, texts_of("pl")).notes)


def test_of_several_unions_nobody_says_that_they_were_one_gmina(divided) -> None:
    table = build_area_table(divided, SHELTERS)
    parts = table.together.parts[WEST]
    two = replace(
        table,
        rows=pd.concat([table.rows, table.rows.rename(index={WEST: "980103"})]),
        together=ToldTogether({WEST: parts, "980103": parts}),
    )
    for lang, word in (
        ("pl", "każda z tych grup"),
        ("uk", "кожна з цих груп"),
        ("en", "Each of these groups"),
    ):
        (note,) = [note for note in ViewNotes(Wording(two, texts_of(lang))).all() if word in note]
        assert "Zachód + Wschód; Zachód + Wschód" in note
        assert not any(word in note for note in ViewNotes(Wording(table, texts_of(lang))).all())


def test_a_title_says_of_which_day_counted_people_are(divided) -> None:
    view = SHELTERS.with_choice(group="older", indicator="people", age_from=65)
    assert (
        "200 osób (stan na 31 grudnia 2024)"
        in build_caption(build_area_table(divided, view), texts_of("pl")).title
    )


def test_a_part_that_a_map_does_not_show_is_named(divided) -> None:
    losses = [Loss("chosen", EAST, "", "area")]
    assert names_of_lost(losses, divided, texts_of("pl")) == {EAST: "Zachód + Wschód"}


def test_a_link_to_a_part_opens_the_union(divided) -> None:
    view = SHELTERS.with_changes(chosen=EAST)
    assert told_view(view, divided).chosen == WEST
    assert lost_in(divided, view) == ()


def test_a_scenario_of_a_part_changes_the_union(divided) -> None:
    change = Change(kind="open", support_form="BEZ-SCH", gmina_code=EAST, locality_key="e", places=10)
    covering = Change(kind="start_area_service", support_form="DOM-SUO", area_codes=(EAST,), places=5)
    packed = to_text(Scenario("Próba", "BEZ-SCH", "homeless", (change, covering)))
    applied = apply_packed(divided, packed)
    assert (applied.registry.services["gmina_code"] == WEST).sum() == 3
    said = ScenarioWords(divided, texts_of("pl")).change(change, applied.scenario)
    assert "Wschód, gmina Wschód" in said
    opened = applied.registry.services.set_index("service_id").loc[-1]
    assert (opened["gmina_code"], opened["gmina_name"]) == (WEST, "Wschód")
    # Of the people of a part nobody knows how many they are.
    assert applied.problems[["problem", "subject"]].to_numpy().tolist() == [["area_gone", EAST]]


def test_an_area_service_covers_the_union_only_where_it_covers_all_of_it(divided) -> None:
    covered = pd.DataFrame({"service_id": [1, 2, 2, 3], "area_code": [EAST, WEST, EAST, "9801"]})
    found = divided.together.covered(covered)
    assert sorted(map(tuple, found.to_numpy().tolist())) == [(2, WEST), (3, "9801")]


def test_a_part_is_told_to_call_the_office_of_before(divided) -> None:
    office = (WEST, "Urząd Gminy Zachód", "Zachód 1", "12 345 67 89", None, None, "o")
    known = replace(divided, offices=pd.DataFrame([office], columns=OFFICE_COLUMNS))
    assert office_of(known, EAST).phone == office_of(known, WEST).phone == "12 345 67 89"


def test_where_nothing_was_divided_nothing_changes(engine: Engine) -> None:
    with Session(engine) as session:
        add_areas(session)
        session.commit()
    registry = read_registry(engine)
    assert registry.by_gmina is None
    assert registry.own_gminas is told_together(registry) is registry
    assert registry.together == ToldTogether()


@pytest.mark.mirror
def test_powiats_are_the_same_before_and_after_redrawing(real_engine: Engine) -> None:
    """People of Poland at every level, told of the areas of 2026 and of a gmina as it was before."""
    with real_engine.connect() as connection:
        own, counted = areas(connection), population(connection)
        years = residents_by_year(connection)
    told = ToldTogether.of_areas(own).areas(own)
    gminas = told[told["level"] == "gmina"]
    assert gminas.loc[gminas["area_code"].isin(["120705", "200209"]), "name"].tolist() == [
        "Kamienica + Szczawa",
        "Supraśl + Grabówka",
    ]
    codes = set(gminas["area_code"])
    assert codes == set(counted["area_code"])
    assert codes == {code for code in years["area_code"] if len(code) == 6}
    by_level = [
        people_of_group(
            "older", level=level, areas=told, population=counted, people_counts=pd.DataFrame()
        ).persons.groupby(lambda code: code[:2]).sum()
        for level in ("gmina", "powiat", "voivodeship")
    ]  # fmt: skip
    assert [int(sums.sum()) for sums in by_level] == [7_119_985] * 3
    assert all((sums == by_level[0]).all() for sums in by_level)
    # Gminas of 2019 are those of the files of people; the powiat of a divided one has all of it.
    both = counted[(counted["area_code"] == "120705") & (counted["age_from"] >= 65)]["persons"].sum()
    limanowski = people_of_group(
        "older", level="powiat", areas=told, population=counted, people_counts=pd.DataFrame()
    ).persons["1207"]
    rest = counted[counted["area_code"].str.startswith("1207") & (counted["age_from"] >= 65)]["persons"].sum()
    assert (both, limanowski) == (both, rest)
    assert both > 0
