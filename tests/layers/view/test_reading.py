"""Nothing that an address says, or that a choice takes away, is dropped in silence."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.scenarios import Change, Scenario
from data.scenarios.text import to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.indicators import INDICATORS
from layers.indicators.indicator import YEAR
from layers.text import texts_of
from layers.view.reading import (
    LONGEST_WRITTEN,
    Loss,
    choose,
    counted_km,
    lost_in,
    misfits_in,
    read_view,
    says,
    told_view,
)
from layers.view.view import View
from layers.words.loss_words import loss_lines, names_of_lost
from tests.layers.view.test_view import views
from tests.support.tiny_world import tiny_registry

PACKED = to_text(Scenario("Plan", "DZI-KLS", "older"))
PARAMETERS = [field.name for field in fields(View)]
DAMAGES = (")", ".", "…)", "…", "%", " ", "x" * 9000, "\u200b")
"""What a mail program, a sentence or a cut leaves at the end of a link."""
GOOD = {
    "lang": "uk",
    "scope": "12",
    "level": "powiat",
    "group": "disabled",
    "form": "DZI-KLS",
    "indicator": "facilities_count",
    "distance_km": "30",
    "travel": "car",
    "minutes": "45",
    "detour_pct": "130",
    "own": "1",
    "age_from": "80",
    "is_estimate": "True",
    "norm": "5.50",
    "method": "2sfca",
    "year": "2035",
    "since": "2026-05-31",
    "scenario": PACKED,
    "costs": "CAL-DPS_1000000_90000_72000.DZI-KLS___4500",
    "costs_group": "older",
    "siting": "3_15_30___5_uwg",
    "other": "y2035",
    "other_scenario": PACKED,
    "chosen": "126101",
    "place": "l:12345",
    "forms": "DZI-KLS.CAL-DPS",
    "day": "2026-05-31",
    "classes": "r_2_4.5",
    "needs": "True",
}


BARE_DAMAGES = (")", ".", "x" * 3000, "٣", "", "\0", "١٢٣", "%00")


def told(query):
    return {loss.parameter for loss in read_view(query).losses}


def test_every_parameter_has_an_example():
    assert list(GOOD) == PARAMETERS


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_good_value_is_never_told(name):
    beside = {"form": "DZI-KLS"} if name == "own" else {}
    assert read_view({**beside, name: GOOD[name]}).losses == ()


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_a_damaged_value_is_always_told(name, damage):
    beside = {"form": "DZI-KLS"} if name == "own" else {}
    losses = read_view({**beside, name: GOOD[name] + damage}).losses
    assert [(loss.parameter, loss.reason) for loss in losses] == [(name, "unreadable")]


@pytest.mark.parametrize("damage", BARE_DAMAGES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_what_stands_alone_and_is_damaged_is_told_in_each_language(name, damage):
    losses = read_view({name: damage}).losses
    if not damage and says(View(), name, ""):
        assert losses == ()  # an empty text asks for nothing
        return
    assert [loss.parameter for loss in losses] == [name]
    for lang in LANGUAGES:
        (line,) = loss_lines(losses, View(), texts_of(lang))
        assert line.startswith(texts_of(lang).t(f"lost.name_{name}"))
        assert len(line) < 300
        assert "„”" not in line
        assert "\0" not in line


@pytest.mark.parametrize("name", ["scenario", "other_scenario"])
def test_a_scenario_that_was_cut_is_told_and_left_out(name):
    for cut in ("1.abc", PACKED[:-3]):
        reading = read_view({name: cut})
        assert getattr(reading.view, name) == ""
        assert [(loss.parameter, loss.reason) for loss in reading.losses] == [(name, "unreadable")]


def lines(query, lang="pl", registry=None, page="planner"):
    reading = read_view(query)
    losses = reading.losses
    areas = {}
    if registry is not None:
        losses = (*losses, *lost_in(registry, reading.view, page=page))
        areas = names_of_lost(losses, registry, texts_of(lang))
    return loss_lines(losses, reading.view, texts_of(lang), areas=areas)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (
            {"form": "CAL-DPS", "own": "1"},
            "Tylko mieszkańcy gminy: „tak” nie dotyczy tej formy (Dom pomocy społecznej). Pokazujemy: nie.",
        ),
        (
            {"norm": "4.555"},
            (
                "Własny cel: „4,555 na 1000 osób” zaokrąglamy do dwóch miejsc po przecinku. Pokazujemy: 4,56 na "
                "1000 osób."
            ),
        ),
        (
            {"norm": "2000"},
            "Własny cel: wartości „2 000 na 1000 osób” nie ma do wyboru. Pokazujemy: mediana powiatów.",
        ),
        # Gauges and cards count the gap of a home that people come to from anywhere, whatever the map shows.
        ({"distance_km": "7"}, "Odległość: wartości „7” nie ma do wyboru. Pokazujemy: 30 km."),
        (
            {"distance_km": "10.", "scope": "12", "level": "powiat"},
            "Odległość: nie można odczytać „10.”. Pokazujemy: 30 km.",
        ),
        (
            {"distance_km": "15", "scope": "12", "level": "powiat"},
            "Odległość: „15 km” zwykle nie dotyczy tej formy (Dom pomocy społecznej). Pokazujemy: 30 km.",
        ),
        (
            {"distance_km": "7", "form": "DZI-KLS"},
            "Odległość: wartości „7” nie ma do wyboru. Pokazujemy: 15 km.",
        ),
        (
            {"year": "2035", "indicator": "knowledge"},
            "Rok: tej liczby nie ma w podziale na lata („2035”). Pokazujemy: dziś.",
        ),
        (
            {"travel": "plane"},
            "Sposób liczenia drogi: nie można odczytać „plane”. Pokazujemy: w linii prostej.",
        ),
        (
            {"method": "sfca"},
            "Metoda: nie można odczytać „sfca”. Pokazujemy: E2SFCA: bliżej znaczy więcej (krzywa Gaussa).",
        ),
        ({"minutes": "11"}, "Czas drogi: wartości „11” nie ma do wyboru. Pokazujemy: 30 minut."),
        (
            {"detour_pct": "90"},
            "Wydłużenie drogi: wartości „90” nie ma do wyboru. Pokazujemy: bez wydłużenia (linia prosta).",
        ),
        ({"year": ""}, "Rok: link nie mówi tu nic, co można odczytać. Pokazujemy: dziś."),
        (
            {"day": "2099-01-01"},
            (
                "Dzień: 1 stycznia 2099 dopiero będzie, więc rejestrów z tego dnia jeszcze nie ma. Pokazujemy: "
                "najnowszy."
            ),
        ),
        (
            {"since": "2099-01-01"},
            (
                "Dzień do porównania: 1 stycznia 2099 dopiero będzie, więc rejestrów z tego dnia jeszcze nie "
                "ma. Pokazujemy: bez porównania."
            ),
        ),
        (
            {"indicator": "community_share"},
            (
                "Link prosił o udział miejsc w środowisku. Już go nie liczymy, bo miejsca w klubie na kilka "
                "godzin i łóżka w domu pomocy nie są częściami jednej całości. Mapy pokazują zamiast niego miejsca na "
                "1000 osób, każdy rodzaj wsparcia osobno."
            ),
        ),
        ({"forms": "."}, "Wybrane formy: nie można odczytać „.”, więc tego nie pokazujemy."),
        # What opens without a form is no care home: people, of another age.
        (
            {"form": "CAL-DPS…"},
            (
                "Forma wsparcia: nie można odczytać „CAL-DPS…”. Pokazujemy: Ile osób i jak ich liczba się "
                "zmieni (80 lat i więcej)."
            ),
        ),
        (
            {"scope": "12)"},
            (
                "Województwo: nie można odczytać „12)”. Pokazujemy: Polska; Ile osób i jak ich liczba się "
                "zmieni (80 lat i więcej)."
            ),
        ),
        (
            {"form": "CAL-DPS…", "scope": "12"},
            "Forma wsparcia: nie można odczytać „CAL-DPS…”. Pokazujemy: dom pomocy społecznej.",
        ),
        (
            {"scope": "12", "group": "homeless", "age_from": "75"},
            (
                "Wiek: „75 lat i więcej” nie dotyczy wybranej grupy (osoby w kryzysie bezdomności), więc tego nie "
                "pokazujemy."
            ),
        ),
        (
            {"scope": "12", "norm": "0"},
            "Własny cel: wartości „0 na 1000 osób” nie ma do wyboru. Pokazujemy: mediana powiatów.",
        ),
    ],
)
def test_what_is_told_is_told_in_words_and_units(query, line):
    assert [said.replace("\xa0", " ") for said in lines(query)] == [line]


def test_what_the_registry_does_not_have_is_told_by_name():
    registry = replace(tiny_registry([]), days=(date(2026, 5, 31), date(2026, 3, 1)))
    assert lines({"chosen": "120001", "level": "powiat"}, registry=registry) == [
        (
            "Wybrany obszar: „Pierwsza” nie ma na tej mapie, bo leży poza nią albo mapa pokazuje inny "
            "podział; karta tego obszaru jest zamknięta."
        )
    ]
    assert lines({"day": "2020-01-01"}, registry=registry) == [
        (
            "Dzień: najstarsza lista placówek, która mówi, z którego dnia jest w całości, jest z dnia 1 marca 2026 "
            "(pojedyncze wpisy innych list mogą być starsze). Z dnia 1 stycznia 2020 nie mamy żadnej, więc liczb o "
            "placówkach z tego dnia nie znamy."
        )
    ]
    balance = {"indicator": "day_per_1000", "since": "0001-01-01"}
    (line,) = lines(balance, registry=registry)
    assert "więc nie ma z czym porównać" in line
    assert lines({"day": "2026-03-01"}, registry=registry) == []
    shares = {"classes": "s_20_40"}
    assert lines(shares, registry=registry) == [
        "Granice klas: ustawione liczby (20; 40) są w innych jednostkach niż ta mapa, więc mapa ich nie używa."
    ]
    assert lines({**shares, "form": "DZI-KLS", "indicator": "coverage_share"}, registry=registry) == []
    assert lines(shares, registry=registry, page="costs") == []


@pytest.mark.parametrize("written", ["٣", "1_0", "inf", "nan"])
def test_what_only_python_reads_as_a_number_is_told_as_it_is_written(written):
    (line,) = lines({"norm": written, "indicator": "gap_share", "level": "powiat"})
    assert f"„{written}”" in line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_has_a_name_for_people(name, lang):
    (line,) = loss_lines([Loss(name, "?", "!", "unreadable")], View(), texts_of(lang))
    assert len(line) > 10
    assert "lost." not in line


@given(views)
def test_a_link_of_the_application_is_never_told(view):
    assert read_view(view.to_query()).losses == ()


@given(views, st.sampled_from(PARAMETERS), st.text(max_size=12))
def test_whatever_is_written_is_shown_or_told(view, name, written):
    reading = read_view({**view.to_query(), name: written})
    is_told = name in {loss.parameter for loss in reading.losses}
    # Of the distance of a map that has none, gauges and cards count with another.
    is_other_gap = name == "distance_km" and reading.view.distance_km != counted_km(reading.view)
    assert is_told != (says(reading.view, name, written) and not is_other_gap)


@given(
    views,
    st.sampled_from(["year", "group", "form", "indicator", "level", "scope", "age_from", "lang"]),
    st.data(),
)
def test_what_gives_way_to_a_choice_is_told(view, name, data):
    value = getattr(data.draw(views), name)
    reading = choose(view, **{name: value})
    lost = {loss.parameter for loss in reading.losses}
    is_other = {
        field
        for field in PARAMETERS
        if field != name and getattr(view, field) != getattr(reading.view, field)
    }
    # What is shown first was not chosen, and is not missed.
    first = {"indicator", "level", "form"} if view.question.is_first else set()
    # Nobody chose the usual age, which another group does not have; and without people no age was seen.
    is_usual = view.age_from == view.what.usual_age and view.group != reading.view.group
    age = {"age_from"} if is_usual or not view.what.has_people else set()
    assert is_other - {"chosen", "distance_km", *first, *age} <= lost <= is_other


@pytest.mark.parametrize("group", ["disabled", "homeless"])
def test_what_is_shown_first_gives_way_without_a_word(group):
    assert choose(View(indicator="people"), group=group).losses == ()
    assert choose(View.from_query({"group": group}), group="older").losses == ()
    assert choose(View.from_query({"group": "homeless"}), scope="12").losses == ()
    # A level that somebody chose is missed.
    (loss,) = choose(View(indicator="people", level="powiat"), group="homeless").losses
    assert loss == Loss("level", "powiat", "voivodeship", "indicator")


@pytest.mark.parametrize("indicator", [code for code, what in INDICATORS.items() if YEAR not in what.choices])
def test_a_year_of_a_number_that_has_none_is_told_and_not_kept(indicator):
    groups = INDICATORS[indicator].groups or ("older",)
    group, scope = {"group": groups[0]} if groups[0] != "older" else {}, {"scope": "12"}
    reading = read_view({**group, **scope, "indicator": indicator, "year": "2035"})
    (loss,) = (loss for loss in reading.losses if loss.parameter == "year")
    assert loss == Loss("year", "2035", "0", "group" if group else "beside")
    assert "year" not in reading.view.to_query()
    if not group:
        chosen = choose(View(scope="12", year=2035), indicator=indicator)
        assert (chosen.view.year, loss in chosen.losses) == (0, True)


def test_a_scope_that_the_data_do_not_have_is_told_and_all_of_them_are_shown():
    registry = tiny_registry([])
    view = read_view({"scope": "96", "level": "powiat", "chosen": "9601", "year": "2035"}).view
    assert Loss("scope", "96", "00", "unknown") in lost_in(registry, view)
    told = told_view(view, registry)
    assert (told.scope, told.level, told.year) == ("00", "powiat", 2035)
    assert lines({"scope": "96", "lang": "pl"}, registry=registry) == [
        "Województwo: w danych nie ma „przykładowe zachodnie”. Pokazujemy: Polska."
    ]


def test_an_indicator_of_another_group_is_told():
    (loss,) = read_view({"group": "older", "indicator": "known_places"}).losses
    assert loss == Loss("indicator", "known_places", "people", "group")
    assert read_view({"group": "homeless"}).losses == ()


def test_any_age_goes_with_any_year():
    reading = choose(View(age_from=75), year=2035)
    assert (reading.view.age_from, reading.view.year, reading.losses) == (75, 2035, ())


def test_a_group_that_drops_chosen_forms_says_so():
    reading = choose(View(forms=("DZI-KLS", "CAL-DPS")), group="homeless")
    assert Loss("forms", "DZI-KLS.CAL-DPS", "", "group") in reading.losses
    assert Loss("form", "CAL-DPS", "BEZ-SCH", "group") in reading.losses


def test_what_nobody_chose_to_see_is_no_text_that_cannot_be_read():
    reading = choose(View.from_query({}), group="disabled")
    assert (reading.view.indicator, reading.losses) == ("reached_residents", ())
    back = choose(reading.view, group="older")
    assert (back.view.indicator, back.view.age_from, back.losses) == ("people", 80, ())
    # Whoever leaves the map of people is told that the next number is of the usual age; a chosen one stays.
    assert choose(back.view, indicator="places_per_1000").view.age_from == 65
    assert Loss("age_from", "80", "65", "usual") in choose(back.view, indicator="places_per_1000").losses
    assert choose(View.from_query({"age_from": "75"}), indicator="places_per_1000").view.age_from == 75


@pytest.mark.parametrize("level", [{}, {"level": "gmina"}])
def test_an_old_link_to_a_gminas_lack_opens_at_powiats_and_says_so(level):
    reading = read_view({"indicator": "gap_share", "form": "CAL-DPS", **level})
    assert reading.view.level == "powiat"
    assert reading.losses == (Loss("level", "gmina", "powiat", "wide"),)
    assert choose(View(), indicator="gap_share").losses == reading.losses
    assert choose(View(form="DZI-KLS"), indicator="gap_share").losses == ()


def test_parts_of_a_parameter_that_are_dropped_are_told():
    assert told({"siting": "99_15_30___5_"}) == {"siting"}  # 30 sites at most
    assert told({"costs": "CAL-DPS___4500.XXX-YYY___1"}) == {"costs"}
    assert told({"costs": "CAL-DPS___4500.CAL-DPS___1"}) == {"costs"}
    assert told({"forms": "CAL-DPS.BEZ-SCH"}) == {"forms"}
    assert told({"chosen": "126101", "scope": "14"}) == {"chosen"}
    assert told({"group": "disabled", "year": "2035"}) == {"year"}
    assert told({"form": "CAL-DPS", "own": "1"}) == {"own"}


def test_a_parameter_that_no_view_has_is_told_and_those_of_trackers_are_not():
    losses = read_view({"amp;level": "powiat", "utm_source": "mail", "fbclid": "1"}).losses
    assert losses == (Loss("", "amp;level=powiat", "", "unknown"),)
    assert len(read_view({"x" * 5000: "y"}).losses[0].written) <= LONGEST_WRITTEN + 1


def test_areas_and_second_maps_that_the_data_do_not_have_are_told():
    registry = tiny_registry([])
    assert lost_in(registry, View(chosen="120001", other="s24"), page="compare") == ()
    assert lost_in(registry, View(chosen="129999")) == (Loss("chosen", "129999", "", "unknown"),)
    gone = lost_in(registry, replace(View(), other="d2019-01-01"), page="compare")
    assert [(loss.parameter, loss.written, loss.reason) for loss in gone] == [
        ("other", "d2019-01-01", "unknown")
    ]
    assert lost_in(registry, View(other="d2019-01-01")) == ()


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (View(year=2035, other="y2035"), "same"),
        (View(other="y0"), "same"),
        (View(scope="12", other="s12"), "same"),
        (View(indicator="knowledge", other="y2035"), "beside"),
        (View(group="disabled", form="REI-WTZ", other="y2035"), "group"),
        (View(other="y2035"), "unknown"),
        (View(other="s02"), "unknown"),
        (View(other="c"), "no_scenario"),
    ],
)
def test_why_a_second_map_is_another_one_is_true(view, reason):
    """The data have a year that the first map shows, or that the number is not told for."""
    losses = lost_in(tiny_registry([]), view, page="compare")
    assert [(loss.parameter, loss.reason) for loss in losses] == [("other", reason)]
    for lang in LANGUAGES:
        assert loss_lines(losses, view, texts_of(lang))


def test_a_second_scenario_of_a_link_without_one_is_not_said_to_be_missing_in_the_data():
    view = View(other="c")
    losses = lost_in(tiny_registry([]), view, page="compare")
    (line,) = loss_lines(losses, view, texts_of("en"))
    assert line.startswith("Second map: the link holds no scenario whose changes the second map could show.")


ELSEWHERE = Change(kind="open", support_form="DZI-KLS", gmina_code="980101", locality_key="7", places=5)
"""What a link of another region opens."""
HERE = Change(kind="open", support_form="DZI-KLS", gmina_code="120002", locality_key="2", places=5)


@pytest.mark.parametrize(
    ("changes", "loss"),
    [
        ((HERE,), ()),
        ((HERE, ELSEWHERE), (Loss("scenario", "1", "2", "misfit"),)),
        ((ELSEWHERE,), (Loss("scenario", "1", "1", "misfit_all"),)),
    ],
)
def test_changes_of_a_scenario_of_another_region_are_told(changes, loss):
    changed = apply_packed(tiny_registry([]), to_text(Scenario("Plan", "DZI-KLS", "older", changes)))
    assert misfits_in("scenario", changed.misfits, of_all=len(changes)) == loss
    for lang in LANGUAGES:
        assert len(loss_lines(loss, View(), texts_of(lang))) == len(loss)


def test_areas_and_levels_that_costs_do_not_have_are_told():
    registry = tiny_registry([])
    told = lost_in(registry, View(level="voivodeship"), page="costs")
    assert told == (Loss("level", "voivodeship", "powiat", "indicator"),)


def test_a_distance_that_is_counted_with_all_the_same_is_no_loss():
    """ "Odległość: „30 km” zwykle nie dotyczy tej formy. Pokazujemy: 30 km."""
    asked = {"indicator": "reached_residents", "group": "homeless", "form": "BEZ-SCH"}
    assert "distance_km" not in {loss.parameter for loss in read_view({**asked, "distance_km": "30"}).losses}
    assert "distance_km" in {loss.parameter for loss in read_view({**asked, "distance_km": "15"}).losses}
