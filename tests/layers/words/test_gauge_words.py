"""Three gauges beside each other, worked by hand on three square gminas."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.store.origins import SCENARIO
from data.vocabulary.languages import LANGUAGES
from layers.answers.gauges import area_gauges, has_gauges, scope_gauges
from layers.answers.measures.queue import queue_of
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.table_rows import table_rows
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.caption import build_caption, table_columns
from layers.words.figures import figures_of
from layers.words.gauge_words import disagreement, gauge_lines
from tests.support.kept import kept
from tests.support.tiny_world import AS_OF, GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
DAY = date(2026, 6, 30)
PL = texts_of("pl")
PROJECTED = {"1200": 600, "2400": 60}
"""Twice as many people in the powiat of the first two gminas (300 now)."""
BOTH = (("CAL-DPS", "12"), ("CAL-DPS", "24"))


def home(number, gmina, *, places=10, vacant=pd.NA, waiting=pd.NA, **changes):
    return service(
        number,
        gmina,
        capacity_places=places,
        vacant_places=vacant,
        waiting_persons=waiting,
        vacancies_on=None if vacant is pd.NA and waiting is pd.NA else DAY,
        **changes,
    )


def homes():
    return [
        home(1, FIRST, vacant=3, waiting=7),
        home(2, FIRST, vacant=2),
        home(3, SECOND),
        home(4, SECOND, vacant=9, waiting=5, need_groups=["disabled"]),
    ]


@kept
def tables(services=None, *, claims=BOTH, **view):
    registry = tiny_registry(homes() if services is None else services, projected=PROJECTED, claims=claims)
    wanted = View().with_changes(
        **{"scope": "12", "norm": 100.0, "indicator": "gap_share", "distance_km": 5, **view}
    )
    world = World(registry)
    table = build_area_table(registry, wanted, world=world)
    by_voivodeship = wanted.with_changes(level="voivodeship", indicator="places_per_1000")
    return registry, table, build_area_table(registry, by_voivodeship, world=world)


def gauges_of(services=None, **view):
    registry, table, whole = tables(services, **view)
    return scope_gauges(registry, table, whole)


def said(services=None, lang="pl", **view):
    registry, table, whole = tables(services, **view)
    lines = gauge_lines(scope_gauges(registry, table, whole), table, texts_of(lang))
    return [line.replace("\u00a0", " ") for line in lines]


def test_a_queue_is_the_sum_of_what_homes_state_with_its_day():
    queue = gauges_of().queue
    assert (queue.vacant_places, queue.waiting_persons) == (5, 7)
    assert (queue.facilities, queue.stating) == (3, 2)
    assert queue.oldest == queue.newest == DAY
    # Of the form for everybody, the home for others too.
    whole = gauges_of().whole_queue
    assert (whole.vacant_places, whole.waiting_persons) == (14, 12)


def test_none_free_where_all_state_it_is_no_silence():
    """Opoczno: "we do not know how many are free" stood before "2 of 2 facilities state it"; both state none."""
    full = [home(1, FIRST, vacant=0), home(2, FIRST, vacant=0)]
    line = said(full, claims=())[1]
    assert "wolne: listy podają 0, osoby na listach oczekujących: brak danych" in line
    # Of a complete list it is all there is.
    assert "wolne: 0, " in said(full)[1]


def test_nothing_stated_is_no_zero():
    queue = gauges_of([home(1, FIRST)]).queue
    assert pd.isna(queue.waiting_persons)
    assert not queue.is_known
    assert "wolnych miejsc i kolejki nie znamy" in said([home(1, FIRST)])[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_that_is_missing_does_not_say_that_no_place_is_free(lang):
    """Śląskie, of whose homes there is no list: "na listach nie ma tu …, więc nie ma tu wolnych miejsc"."""
    texts = texts_of(lang)
    assert said([], lang, claims=())[1] == texts.t("gauges.queue_without_list").replace("\u00a0", " ")
    # One that is not complete, and names a home for others alone, is a list.
    of_others = [home(4, SECOND, need_groups=["disabled"])]
    assert said(of_others, lang, claims=())[1] == texts.t("gauges.queue_no_list").replace("\u00a0", " ")
    # A complete list that names none says it.
    assert said([], lang)[1] == texts.t("gauges.queue_of_none").replace("\u00a0", " ")


def test_the_three_gauges_are_told_with_the_level_the_day_and_the_years():
    """
    300 people need 30 places at 100 per 1,000. Gmina by gmina: 200 need 20 and have 20, 100 need 10 and have 10.
    With twice as many people 30 places more keep the rate.
    """
    lines = said()
    assert lines[0] == (
        "Luka, licząc placówki w odległości do 5 km w linii prostej: do celu 100 na 1000 nie brakuje miejsc. "
        "Normy ustawowej nie ma."
    )
    assert lines[1] == (
        "Rejestr (stan na 30 czerwca 2026), miejsca dla tej grupy: wolne: co najmniej 5, osoby na listach "
        "oczekujących: co najmniej 7. Wolne miejsca podaje 2 z 3 placówek, kolejkę – 1."
    )
    assert "wszystkie profile tej formy" in lines[2]
    assert lines[3] == (
        "Prognoza: żeby w każdej gminie na 1000 osób z grupy było tyle miejsc co dziś, trzeba dodać do 2030 r.: 30; "
        "do 2035 r.: 30."
    )
    # In whole places of each gmina apart it would be more: the sum is rounded, and not its parts.
    assert lines[4] == (
        "To liczby dla całego obszaru razem: części miejsc dodajemy, a dopiero sumę województwa zaokrąglamy w górę. "
        "Zaokrąglone osobno w każdej gminie dałyby tyle samo albo więcej."
    )
    assert lines[5].startswith(
        "Te miary się różnią: do tego poziomu miejsc nie brakuje, a na listach czeka osób: 7."
    )


def test_the_share_of_one_area_is_not_told_as_all_of_it():
    """Rzeszów needs 3.08 places and its card said 3 "for the whole area together" and "in each powiat"."""
    registry, _, _ = tables()
    view = View(scope="12", norm=100.0, indicator="gap_share", distance_km=5)
    facts = area_facts(World(registry), view, FIRST, today=AS_OF)
    lines = gauge_lines(facts.gauges, facts.triad.gap.table, texts_of("pl"))
    (keep,) = (at for at, line in enumerate(lines) if line.startswith("Prognoza"))
    assert lines[keep].startswith("Prognoza: żeby tutaj na 1000 osób z grupy było tyle miejsc co dziś")
    assert lines[keep + 1].startswith("To udział w liczbie całego województwa")


@kept
def facts_where_no_place_is():
    registry, table, _ = tables([home(1, FIRST, places=30)])
    return table, area_facts(World(registry), table.view, SECOND, today=AS_OF)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_place_is_there_is_no_level_to_keep(lang):
    """The card of a gmina without a place said that 0 places must be added to keep today's level."""
    (table, facts), texts = facts_where_no_place_is(), texts_of(lang)
    lines = gauge_lines(facts.gauges, table, texts)
    assert lines[-1] == texts.t("gauges.keep_nothing")
    told = [year.figures[-1].written(texts) for year in facts.forecast if year.figures[-1].is_known]
    assert told
    assert set(told) == {texts.t("nothing_to_keep")}


def test_files_have_no_number_of_places_to_add_where_there_is_none_to_keep():
    """A spreadsheet said 0 where the page says that there is nothing to keep."""
    table, _ = facts_where_no_place_is()
    texts = texts_of("pl")
    caption = build_caption(table, texts)
    row = table_rows(table, caption).set_index("area_code").loc[SECOND]
    assert row["capacity_places"] == 0
    assert pd.isna(row["places_to_keep_2030"])
    assert texts.t("nothing_to_keep") in row["remarks"]
    assert caption.columns["places_to_keep_2030"] in row["remarks"]


def test_of_an_earlier_day_no_level_is_kept_from_today():
    registry, table, _ = tables([home(1, FIRST, places=30)])
    facts = area_facts(World(registry), table.view, FIRST, today=AS_OF)
    lines = gauge_lines(facts.gauges, table, texts_of("pl", date(2025, 6, 30)))
    (line,) = [line for line in lines if line.startswith("Prognoza")]
    assert "tyle miejsc co na listach, które mieliśmy 30 czerwca 2025, trzeba dodać" in line.replace(
        "\u00a0", " "
    )
    assert "dziś" not in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_the_forecast_it_is_said_which_of_the_two_is_not_known(lang):
    """It said "no forecast of this group, or the number of places is not known" where either was known."""
    texts = texts_of(lang)
    places = texts.t("gauges.keep_no_places").replace("\u00a0", " ")
    assert said([home(1, FIRST, places=pd.NA)], lang, claims=(), level="powiat")[-1] == places
    people = texts.t("gauges.keep_no_forecast").replace("\u00a0", " ")
    shelters = [home(1, FIRST, places=pd.NA, support_form="BEZ-SCH", need_groups=["homeless"])]
    assert (
        said(shelters, lang, claims=(), group="homeless", form="BEZ-SCH", level="voivodeship")[-1] == people
    )


def test_a_gap_beside_free_places_is_said_in_one_sentence():
    lines = said(norm=200.0)
    # 200 per 1,000 are 60 places; 30 are there.
    assert "brakuje 30 miejsc. " in lines[0]
    assert lines[-1].startswith("Te miary się różnią: brakuje miejsc: 30, a rejestr podaje wolnych: 5.")


def test_a_queue_beside_free_places_without_a_known_gap():
    table = tables()[1]
    told = replace(gauges_of(), gap=None)
    assert disagreement(told, table, PL).startswith(
        "Kolejka i wolne miejsca są naraz: czeka osób: 7, wolnych miejsc: 5."
    )
    quiet = gauges_of([home(1, FIRST, places=30, vacant=0, waiting=0)])
    assert disagreement(quiet, table, PL) == ""


def test_a_gap_of_a_later_year_is_not_set_against_the_register_of_today():
    lines = said(norm=200.0, year=2035)
    assert lines[0].startswith(
        "Luka dla osób z roku 2035 i dzisiejszych miejsc, licząc placówki w odległości do 5 km"
    )
    assert not any(line.startswith("Te miary się różnią") for line in lines)


def test_a_home_of_which_only_the_voivodeship_is_known_is_in_the_queue_of_its_voivodeship():
    somewhere = home(5, FIRST, vacant=1, waiting=4) | {
        "gmina_code": None,
        "gmina_name": None,
        "geometry": None,
    }
    for scope in ("12", "00"):
        queue = gauges_of([*homes(), somewhere], scope=scope).whole_queue
        assert (queue.vacant_places, queue.waiting_persons) == (15, 16)


def test_who_states_both_is_told_in_one_sentence():
    both = [home(1, FIRST, vacant=3, waiting=7), home(2, FIRST, vacant=0, waiting=1)]
    assert said(both)[1].endswith("Podaje to 2 z 2 placówek.")


def test_one_facility_is_the_only_one_and_not_one_of_one():
    assert said([home(1, FIRST, vacant=3, waiting=7)])[1].endswith("Podaje to jedyna placówka.")
    assert said([home(1, FIRST, vacant=3)])[1].endswith(
        "Jedyna placówka podaje wolne miejsca, a kolejki nie."
    )
    assert said([home(1, FIRST, waiting=7)])[1].endswith(
        "Jedyna placówka podaje kolejkę, a wolnych miejsc nie."
    )


def test_what_not_all_homes_state_is_at_least_and_never_at_most():
    """A home for others, too, has 3 free places and the other home states none: more or fewer may be free."""
    shared = home(1, FIRST, vacant=3, waiting=7, need_groups=["older", "disabled"])
    one, two = (said(services)[1] for services in ([shared], [shared, home(2, FIRST)]))
    assert "wolne: najwyżej 3, osoby na listach oczekujących: najwyżej 7." in one
    assert "wolne: 3 (niepewne), osoby na listach oczekujących: 7 (niepewne). Podaje to 1 z 2" in two


def test_what_lists_state_that_are_not_complete_is_at_least():
    line = said([home(1, FIRST, vacant=3, waiting=7)], claims=())[1]
    assert "wolne: co najmniej 3, osoby na listach oczekujących: co najmniej 7." in line


def test_a_planned_home_is_in_no_register_and_its_forecast_is_that_of_the_scenario():
    planned = home(6, SECOND) | {"source_code": SCENARIO}
    assert gauges_of([*homes(), planned]).queue.facilities == 3
    table = replace(tables()[1], view=tables()[1].view.with_changes(scenario="1.x"))
    lines = gauge_lines(gauges_of(), table, PL)
    assert any("co w tym scenariuszu, trzeba dodać do niego do 2030" in line for line in lines)


def test_what_keeps_the_rate_is_the_same_at_every_level():
    found = {level: gauges_of(level=level).keep[2035].value for level in ("gmina", "powiat", "voivodeship")}
    assert set(found.values()) == {30.0}


def test_where_a_part_of_the_country_is_unknown_the_forecast_says_of_how_many_voivodeships_it_is():
    lines = said(scope="00", claims=(("CAL-DPS", "12"),))
    assert lines[3].endswith("To suma tylko tych gmin, dla których to wiemy; leżą w 1 z 2 województw.")


def test_the_table_and_its_files_have_the_columns():
    _, table, _ = tables()
    assert table.rows["waiting_persons"].tolist() == [7, pd.NA]
    assert table.bounds.loc[FIRST, ["waiting_persons", "vacant_places"]].tolist() == ["least", ""]
    assert table.rows["places_to_keep_2035"].tolist() == [20, 10]
    rows = table_rows(table, build_caption(table, PL))
    assert {"waiting_persons", "vacant_places", "places_to_keep_2030", "places_to_keep_2035"} <= set(rows)
    assert (
        "Wolne miejsca (według rejestru): brak danych (na tym obszarze żadna placówka tego nie podaje)"
        in (rows.loc[SECOND, "remarks"])
    )


@pytest.mark.parametrize(("year", "told"), [(0, True), (2030, False), (2035, False), (2040, True)])
def test_places_to_add_by_the_chosen_year_are_told_once(year, told):
    _, _, table = tables()
    rows = table.rows.assign(places_to_keep=table.rows["places_to_keep_2035"])
    table = replace(table, view=table.view.with_changes(year=year), rows=rows)
    for columns in (table_columns(table), figures_of(table)):
        assert ("places_to_keep" in columns) is told
        assert {"places_to_keep_2030", "places_to_keep_2035"} <= set(columns)


def test_registers_that_state_nothing_add_no_columns():
    _, table, _ = tables([home(1, FIRST)])
    assert not {"waiting_persons", "vacant_places"} & set(table.rows)


def test_the_card_tells_the_gauges_of_its_area():
    registry = tiny_registry(homes(), projected=PROJECTED, claims=BOTH)
    view = View().with_changes(scope="12", norm=200.0, indicator="gap_share")
    facts = area_facts(World(registry), view, FIRST, today=AS_OF)
    assert (facts.gauges.queue.waiting_persons, facts.gauges.keep[2030].value) == (7, 20)
    table = build_area_table(registry, view)
    assert area_gauges(registry, table, SECOND).queue.stating == 0


def test_views_that_are_not_about_places_have_no_gauges():
    assert not has_gauges(tables(indicator="coverage_share")[1])
    assert not has_gauges(tables(group="homeless", form="BEZ-STR", indicator="gap_share")[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_that_there_is_no_legal_norm(lang):
    words = {
        "pl": "Normy ustawowej nie ma",
        "uk": "Норми, встановленої законом, немає",
        "en": "no legal norm",
    }
    assert words[lang] in said(lang=lang)[0]


def test_days_of_several_registers_are_told_from_the_oldest():
    services = pd.DataFrame(
        {
            "facility_id": [1, 2],
            "waiting_persons": pd.array([1, pd.NA], dtype="Int64"),
            "vacant_places": pd.array([pd.NA, 2], dtype="Int64"),
            "vacancies_on": [date(2025, 3, 31), DAY],
        }
    )
    queue = queue_of(services)
    assert (queue.oldest, queue.newest, queue.stating) == (date(2025, 3, 31), DAY, 2)


def test_the_median_of_the_country_is_told_of_how_many_of_all_powiats():
    table = tables(scope="00", norm=0.0, claims=(("CAL-DPS", "12"),))[1]
    powiats = len({code[:4] for code in GMINAS})
    assert (table.norm.default.areas_known, table.norm.default.areas_count) == (1, powiats)


@pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
def test_the_registers_sums_have_a_home_of_unknown_gmina_at_every_level(level):
    """Wysoka: 93 persons waiting for 20 homes by gminas, and 95 for 21 by powiats, were sums of one register."""
    lost = home(5, SECOND, vacant=1, waiting=2) | {
        "gmina_code": None,
        "geometry": None,
        "place_grade": "none",
    }
    registry = tiny_registry([home(1, FIRST, vacant=3, waiting=7), lost | {"powiat_code": "1200"}])
    table = build_area_table(registry, View(scope="12", level=level, indicator="facilities_count"))
    queue = scope_gauges(registry, table, table).queue
    assert (queue.vacant_places, queue.waiting_persons) == (4, 9)
    assert (queue.stating, queue.facilities) == (2, 2)
