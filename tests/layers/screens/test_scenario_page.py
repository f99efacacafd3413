"""The page of scenarios: edits as values, what a scenario does for people, and the page on both kinds of data."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from data.scenarios import Change, Scenario, ScenarioError, from_text, to_json, to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.gap_answer import Amount
from layers.answers.scenario_effect import EffectFigure, cost_per_place, effect_of
from layers.answers.table_building import build_area_table
from layers.cache.shared_answers import open_registry
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.scenario.files import _css_text
from layers.widgets.scenario.sides import Side, bars, people_table
from layers.words.caption import build_caption
from layers.words.effect_words import effect_notes, effect_rows, effect_sentence, write_amount, write_change
from layers.words.scenario_edits import (
    MOST_OF_TWO,
    packed_for_link,
    read_scenario,
    scenario_of,
    with_change_edited,
    with_change_removed,
    with_changes_added,
    with_title,
)
from tests.support.pages import address_of, open_page, words_of
from tests.support.tiny_world import service, tiny_registry

PL = texts_of("pl")
HOME = "register:00000000000000aa"
CLOSE = Change(kind="close", facility=HOME)
IN_FIRST = Change(kind="open", support_form="CAL-DPS", gmina_code="120001", locality_key="1", places=10)
IN_SECOND = replace(IN_FIRST, gmina_code="120002", locality_key="2", places=5)


def scenario(*changes, title="Próba"):
    return Scenario(title, "CAL-DPS", "older", tuple(changes))


class TestEdits:
    def test_without_one_in_the_address_it_is_empty_and_about_the_view(self):
        made = scenario_of(View(form="DZI-KLS"), PL)
        assert (made.support_form, made.need_group, made.changes) == ("DZI-KLS", "older", ())
        assert packed_for_link(made, PL) == ""

    def test_an_address_gives_back_what_was_packed(self):
        packed = packed_for_link(scenario(CLOSE, IN_FIRST), PL)
        assert scenario_of(View(scenario=packed), PL) == scenario(CLOSE, IN_FIRST)

    def test_adding_removing_editing(self):
        two = with_changes_added(scenario(CLOSE), [IN_FIRST])
        assert two.changes == (CLOSE, IN_FIRST)
        assert with_change_removed(two, 1).changes == (IN_FIRST,)
        assert with_change_removed(two, 3) == two
        assert with_change_edited(two, 2, places=25).changes[1].places == 25
        assert two.changes[1].places == 10
        with pytest.raises(ScenarioError, match="must have"):
            with_change_edited(scenario(Change(kind="enlarge", facility=HOME, places=3)), 1, places=None)
        with pytest.raises(ScenarioError, match="from 1 to 2, found 3"):
            with_change_edited(two, 3, places=1)

    def test_a_title_is_made_plain_and_never_empty(self):
        assert with_title(scenario(), " Dom\n\u202eabc ", PL).title == "Dom abc"
        assert with_title(scenario(), "x" * 200, PL).title == "x" * 80
        assert with_title(scenario(), "  ", PL).title == "Scenariusz bez nazwy"

    def test_a_file_a_link_and_the_packed_text_are_read(self):
        one = scenario(CLOSE)
        for text in (
            to_json(one),
            f"\ufeff{to_json(one)}",
            to_text(one),
            f"  https://example.org/scenariusz?scope=12&scenario={to_text(one)}&lang=en \n",
        ):
            assert read_scenario(text) == one
        for text in ("", "{", "https://example.org/?scenario=", "http://[x?scenario=1.aaaa", "x" * 100_000):
            with pytest.raises(ScenarioError):
                read_scenario(text)

    def test_two_that_do_not_fit_into_one_link_are_refused(self):
        packed = packed_for_link(scenario(CLOSE), PL)
        beside = "1." + "a" * (MOST_OF_TWO - len(packed) - 2)
        assert packed_for_link(scenario(CLOSE), PL, beside=beside) == packed
        with pytest.raises(ScenarioError, match="in one link"):
            packed_for_link(scenario(CLOSE), PL, beside=f"{beside}a")


def tables(*changes, distance_km, services=(), level="gmina"):
    """Pierwsza has 200 older people and Druga 100, both in 12, which lists all homes; 24 does not."""
    registry = tiny_registry(list(services))
    view = View(scope="12", indicator="gap_share", norm=100.0, distance_km=distance_km, level=level)
    after = apply_packed(registry, to_text(scenario(*changes))).registry
    return build_area_table(registry, view), build_area_table(after, view)


class TestEffect:
    def test_places_are_closed_at_the_norm(self):
        # 10 places at 100 per 1,000 have room for 100 of the 200 people; 5 for 50 of the 100.
        effect = effect_of(*tables(IN_FIRST, IN_SECOND, distance_km=2))
        assert effect.closed == Amount(15, 15, 15)
        assert effect.areas["closed_places"].to_dict() == {"120001": 10, "120002": 5}
        assert effect.before["out_of_reach_persons"] == Amount(300, 300, 300)
        assert effect.after["over_capacity_persons"] == Amount(150, 150, 150)
        assert effect.after["missing_places"] == Amount(15, 15, 15)

    @pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
    @pytest.mark.parametrize("distance_km", [2, 5, 10])
    def test_heading_after_is_heading_before_less_the_effect(self, level, distance_km):
        home = service(1, "120001", facility_handle=HOME, capacity_places=3)
        before, after = tables(IN_FIRST, IN_SECOND, distance_km=distance_km, services=[home], level=level)
        effect = effect_of(before, after)
        told = before.answer.missing_places.estimate, after.answer.missing_places.estimate
        assert told[0] - told[1] == effect.closed.estimate == effect.areas["closed_places"].sum()
        assert [table.rows["missing_places"].sum() for table in (before, after)] == list(told)
        assert build_caption(before, PL).title != build_caption(after, PL).title
        sentence = effect_sentence(before, after, PL)
        words = (
            r"brakuje (co najmniej |najwyżej )?{} miejsc.*, po zmianach (co najmniej |najwyżej )?{} miejsc"
        )
        shown = [side["missing_places"].told.estimate for side in (effect.before, effect.after)]
        assert re.search(words.format(*map(int, shown)), sentence)
        # Where most is unknown, estimates that are more than the least stand apart.
        assert ("dziś {:.0f}, po zmianach {:.0f}.".format(*told) in sentence) == (shown != list(told))
        # Each row subtracts, and those of the least are the numbers of the sentence.
        for column, (first, second) in effect.missing_rows().items():
            kind = column.removesuffix("_missing_places").replace("missing_places", "estimate")
            assert (first, second) == tuple(
                getattr(side["missing_places"], kind) for side in (effect.before, effect.after)
            )
        for _, _, cells in effect_rows(before, effect, PL):
            first, second, change = (re.search(r"[−+]?\d+", cell) for cell in cells)
            if first and second:
                moved = int(change[0].replace("−", "-")) if change else 0
                assert int(second[0]) - int(first[0]) == moved, cells

    def test_where_a_list_is_not_complete_less_may_be_missing_or_not(self):
        # Druga's village is 4.5 km from voivodeship 24: within 5 km a home may stand there that nobody listed.
        before, after = tables(IN_SECOND, distance_km=5)
        assert before.rows.loc["120002", "no_data_persons"] == 100
        effect = effect_of(before, after)
        assert effect.areas.loc["120002", ["closed_places", "closed_bound"]].tolist() == [0, "least"]
        assert effect.closed == Amount(0, 0, 5)
        assert write_amount(effect.closed, PL) == "od 0 do +5"
        # Under a head that says "fewer" a number is no change: it has no plus.
        assert write_amount(effect.closed, PL, plus="") == "od 0 do 5"
        assert write_change(EffectFigure(150.0, "least"), PL, plus="") == "co najmniej 150"

    def test_a_sure_change_makes_the_sum_at_least(self):
        effect = effect_of(*tables(IN_FIRST, IN_SECOND, distance_km=5))
        assert effect.closed == Amount(10, 10, 15)

    def test_places_of_unknown_number_close_all_or_nothing(self):
        effect = effect_of(*tables(replace(IN_FIRST, places=None), distance_km=2))
        assert effect.areas.loc["120001", "closed_bound"] == "most"
        assert effect.closed == Amount(0, 20, 20)
        # At most 20 fewer are missing, so each costs at least so much.
        assert cost_per_place(1000, effect.closed, is_cost_at_least=False) == EffectFigure(50.0, "least")

    def test_where_the_heading_tells_no_estimate_the_effect_tells_none(self):
        """The heading of Poland told least and most, and the effect under it 259 places of a few voivodeships."""
        # Within 10 km of Druga, whose home has 10 places, an unlisted one may stand in 24.
        home = service(1, "120002", facility_handle=HOME, capacity_places=10)
        near, then = tables(IN_FIRST, distance_km=10, services=[home])
        assert near.answer.missing_places == Amount(10, 15, 22)
        assert then.answer.missing_places == Amount(0, 9, 13)
        effect = effect_of(near, then)
        assert effect.before["missing_places"].told == Amount(10, 10, 22)
        assert effect.closed.told == Amount(6, 6, 10)
        assert effect.missing_rows() == {
            "least_missing_places": (10, 0),
            "missing_places": (15, 9),
            "most_missing_places": (22, 13),
        }
        assert effect_sentence(near, then, PL).startswith(
            "Dziś do celu 100 na 1000 brakuje co najmniej 10 miejsc (najwyżej 22), po zmianach od 0 do 13 miejsc; "
            "nasz szacunek, bez części osób: dziś 15, po zmianach 9. "
        )
        for lang in LANGUAGES:
            told, known = effect_sentence(near, then, texts_of(lang)).split(";")[:2]
            assert "15" not in told
            assert "15" in known
        sides = [Side("Dziś", near, None), Side("Plan", then, scenario(IN_FIRST))]
        cells = re.findall(
            r'scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)<',
            people_table(*sides, effect, PL),
        )
        assert cells[-3:] == [
            ("Brakuje co najmniej (miejsc)", "10", "0", "−10"),
            ("Brakuje według naszego szacunku (miejsc)", "15", "9", "−6"),
            ("Brakuje najwyżej (miejsc)", "22", "13", "−9"),
        ]
        # Of half of the people nothing is known: neither heading nor effect tell the estimate of the others.
        unknown = replace(near.answer, no_data_persons=near.answer.people_persons / 2)
        untold = replace(near, answer=unknown)
        assert "szacunek" not in effect_sentence(untold, then, PL)
        assert "missing_places" not in effect_of(untold, then).missing_rows()

    def test_whom_the_estimates_leave_out_is_told_of_both_states(self):
        """70 places more made an estimate of 1,336 one of 1,335: they went to people whom it leaves out."""
        before, after = tables(IN_SECOND, distance_km=5)
        effect = effect_of(before, after)
        assert effect_notes(effect, PL, names=("dziś", "po zmianach")) == [
            (
                "Może nie ubyć żadnego brakującego miejsca: tak będzie, jeśli osoby, o których nie wiadomo, czy "
                "starcza dla nich miejsc, mają już miejsce gdzie indziej, a tylko one są w zasięgu nowych."
            ),
            (
                "Osoby, o których nie wiadomo, czy starcza dla nich miejsc: dziś 100, po zmianach 50. W tym rachunku "
                "część nowych miejsc przypada tym osobom (liczba osób: 50). „Najwyżej” liczy i te osoby."
            ),
        ]
        back = effect_notes(effect_of(after, before), PL, names=("A", "B"))
        assert "A 50, B 100. Ubywa miejsc" in back[-1]

    def test_an_effect_that_is_none_says_when_that_is_so(self):
        before, _ = tables(distance_km=5)
        none, left_out = effect_notes(effect_of(before, before), PL, names=("dziś", "po zmianach"))
        assert none.startswith("Liczba brakujących miejsc się nie zmienia. Tak jest, gdy")
        assert left_out.startswith(
            "Osoby, o których nie wiadomo, czy starcza dla nich miejsc: dziś 100, po zmianach 100. „N"
        )

    def test_more_people_without_room_are_those_who_had_nothing_in_reach(self):
        # All 300 are out of reach; 10 places in reach of both have room for 100, and 200 have a facility now.
        effect = effect_of(*tables(IN_FIRST, IN_SECOND, distance_km=2))
        assert (
            effect.after["over_capacity_persons"].estimate > effect.before["over_capacity_persons"].estimate
        )
        (moved,) = effect_notes(effect, PL, names=("dziś", "po zmianach"))
        assert "nie starcza dla nich miejsc, jest więcej (dziś 0, po zmianach 150)" in moved

    def test_closing_widens_the_gap(self):
        home = service(1, "120001", facility_handle=HOME, capacity_places=10)
        effect = effect_of(*tables(CLOSE, distance_km=2, services=[home]))
        assert effect.closed == Amount(-10, -10, -10)
        assert write_change(EffectFigure(effect.closed.estimate), PL) == "−10"

    def test_no_change_is_none_for_sure(self):
        before, _ = tables(distance_km=5)
        effect = effect_of(before, before)
        assert effect.closed == Amount(0, 0, 0)
        assert not effect.areas["is_changed"].any()

    def test_people_unknown_are_no_data(self):
        before, after = tables(IN_FIRST, distance_km=2)
        hidden = [replace(table, rows=table.rows.copy()) for table in (before, after)]
        for table in hidden:
            parts = [column for column in table.rows if column.endswith(("_persons", "_places"))]
            table.rows.loc["120002", parts] = math.nan
        effect = effect_of(*hidden)
        assert effect.unknown_areas == 1
        assert effect.areas["closed_places"].sum() == 10

    @pytest.mark.parametrize(
        ("cost", "closed", "is_open", "each"),
        [
            (1000, Amount(3, 3, 3), False, EffectFigure(334.0)),
            (1000, Amount(3, 3, 3), True, EffectFigure(334.0, "least")),
            (1000, Amount(3, 3, 5), False, EffectFigure(334.0, "most")),
            (1000, Amount(0, 3, 3), True, EffectFigure(334.0, "least")),
            (1000, Amount(3, 3, 5), True, EffectFigure(334.0, "unsure")),
            (0, Amount(3, 3, 3), False, EffectFigure(0.0)),
        ],
    )
    def test_cost_of_one_place_fewer_missing(self, cost, closed, is_open, each):
        assert cost_per_place(cost, closed, is_cost_at_least=is_open) == each

    @pytest.mark.parametrize("closed", [0.0, -5.0, math.nan])
    def test_no_place_fewer_has_no_cost_each(self, closed):
        amount = Amount(closed, closed, closed)
        assert math.isnan(cost_per_place(1000, amount, is_cost_at_least=False).value)
        assert math.isnan(cost_per_place(None, Amount(3, 3, 3), is_cost_at_least=False).value)

    def test_the_bar_and_the_table_say_numbers_and_escape_titles(self):
        before, after = tables(IN_FIRST, distance_km=2)
        bad = "<script>alert(1)</script>"
        sides = [Side("Dziś", before, None), Side(bad, after, scenario(IN_FIRST))]
        effect = effect_of(before, after)
        drawn = bars(*sides, effect, PL) + people_table(*sides, effect, PL)
        assert bad not in drawn
        assert "&lt;script&gt;" in drawn
        assert 'style="width:33.333%"><b>A</b>' in drawn
        assert "Osoby, które nie mają placówki w zasięgu: 33,3%" in drawn
        # 200 fewer people without a home in reach, 10 fewer places missing.
        assert "<td>−200</td>" in drawn
        assert "<td>−10</td>" in drawn

    def test_the_bar_says_how_far_its_parts_are_known(self):
        """The table under it said "at least" of the same people."""
        unstated = service(1, "120002", capacity_places=pd.NA)
        before, after = tables(IN_FIRST, distance_km=2, services=[unstated])
        effect = effect_of(before, after)
        drawn = bars(Side("Dziś", before, None), Side("Potem", after, scenario(IN_FIRST)), effect, PL)
        served = "Osoby z placówką w zasięgu, dla których starcza miejsc, licząc do celu 100 na 1000 osób"
        assert f"{served}: brak danych" in drawn
        assert f"{served}: co najmniej 33,3%" in drawn

    def test_words_of_a_style_cannot_end_it(self):
        assert _css_text('a"</style>') == '"a\\22 \\3c /style\\3e "'


class TestInvented:
    """Gminas of an invented region can be changed as those of any other."""

    @pytest.fixture(autouse=True)
    def _invented(self, monkeypatch, invented_database_url):
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)

    @pytest.fixture
    def home(self):
        services = open_registry().services
        is_home = services["is_counted"] & (services["support_form"] == "CAL-DPS")
        is_named = services["facility_handle"].notna() & services["capacity_places"].notna()
        return services[is_home & is_named].iloc[0]

    def open(self, home, **query):
        # What lacks of care homes is told for powiats; the form for a change asks for the gmina.
        powiat = home["gmina_code"][:4]
        app = open_page(
            "scenario", **{"indicator": "gap_share", "level": "powiat", "norm": 10, "chosen": powiat, **query}
        )
        box = f"scenario_gmina_{powiat}"
        return app.selectbox(key=box).set_value(home["gmina_code"]).run() if "chosen" not in query else app

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_begins_with_a_gmina_to_choose(self, lang):
        app = open_page("scenario", lang=lang, indicator="gap_share")
        assert not app.error
        assert texts_of(lang).t("scenario.choose_gmina") in words_of(app)
        assert texts_of(lang).t("scenario.is_today") in words_of(app)

    def test_another_indicator_offers_the_gaps(self):
        app = open_page("scenario")
        app.button(key="scenario_show_gaps").click().run()
        assert address_of(app)["indicator"] == "gap_share"

    def test_closing_goes_into_the_address_and_out_again(self, home):
        app = self.open(home)
        app.radio(key="scenario_kind").set_value("close").run()
        app.button(key="scenario_add").click().run()
        assert not app.exception
        made = from_text(address_of(app)["scenario"])
        assert made.changes[0].kind == "close"
        assert made.changes[0].facility == home["facility_handle"]
        assert "Zamknięcie: " + home["facility_name"] in words_of(app)
        # Who pays for a place of a home stands beside what the scenario costs.
        assert "Kto płaci za pobyt w domu pomocy społecznej" in [box.label for box in app.expander]
        assert address_of(app)["scenario"] in app.code[0].value
        assert [button.label for button in app.get("download_button")] == [
            "Pobierz plik scenariusza (JSON)",
            "Pobierz CSV",
            "Pobierz XLSX",
        ]
        app.button(key="scenario_remove_1").click().run()
        assert "scenario" not in address_of(app)

    def test_the_same_home_twice_is_refused_in_words(self, home):
        app = self.open(home)
        app.radio(key="scenario_kind").set_value("close").run()
        app.button(key="scenario_add").click().run()
        before = address_of(app)["scenario"]
        app.button(key="scenario_add").click().run()
        assert address_of(app)["scenario"] == before
        assert "zmiana 1 scenariusza dotyczy już tej placówki" in words_of(app)

    def test_numbers_are_edited_in_the_list(self, home):
        app = self.open(home)
        app.radio(key="scenario_kind").set_value("enlarge").run()
        app.button(key="scenario_add").click().run()
        assert "Popraw: liczba miejsc" in words_of(app)
        app.number_input(key="scenario_places").set_value(77).run()
        app.button(key="scenario_add").click().run()
        app.number_input(key="scenario_1_places").set_value(99).run()
        app.number_input(key="scenario_1_build_cost_zl").set_value(250_000).run()
        (change,) = from_text(address_of(app)["scenario"]).changes
        assert (change.places, change.build_cost_zl) == (99, 250_000)
        app.text_input(key="scenario_title").set_value("<b>:red[Plan]</b>").run()
        assert from_text(address_of(app)["scenario"]).title == "<b>:red[Plan]</b>"
        escaped = [item.value for item in app.markdown if "Plan" in item.value]
        assert escaped
        assert not any("<b>" in value or ":red[" in value for value in escaped)
        app.button(key="scenario_remove_all").click().run()
        assert "scenario" not in address_of(app)

    def test_an_unreadable_link_is_said_and_can_be_left(self):
        app = open_page("scenario", scenario="1.abcd")
        assert "Scenariusz: nie można odczytać „1.abcd”" in words_of(app)
        assert app.header

    def test_what_is_pasted_is_opened_or_refused(self, home):
        one = scenario(Change(kind="close", facility=home["facility_handle"]), title="Z pliku")
        app = self.open(home, group="homeless", form="BEZ-SCH")
        app.text_area(key="scenario_pasted").set_value("to nie jest scenariusz").run()
        app.button(key="scenario_open_pasted").click().run()
        assert "Nie możemy odczytać tego scenariusza" in words_of(app)
        assert "scenario" not in address_of(app)
        app.text_area(key="scenario_pasted").set_value(to_json(one)).run()
        app.button(key="scenario_open_pasted").click().run()
        assert from_text(address_of(app)["scenario"]) == one
        assert "group" not in address_of(app)  # the page shows what the scenario is about
        assert "Otwarto: „Z pliku”." in "\n".join(item.value.replace("\\", "") for item in app.success)

    def test_a_second_scenario_is_kept_swapped_and_let_go(self, home):
        one = scenario(Change(kind="close", facility=home["facility_handle"]), title="Jeden")
        app = self.open(home, scenario=to_text(one))
        app.button(key="scenario_keep_copy").click().run()
        app.text_input(key="scenario_title").set_value("Dwa").run()
        assert "Porównujesz z drugim scenariuszem: „Jeden”." in words_of(app)
        app.button(key="scenario_swap").click().run()
        assert not app.exception
        assert from_text(address_of(app)["scenario"]).title == "Jeden"
        assert from_text(address_of(app)["other_scenario"]).title == "Dwa"
        app.button(key="scenario_with_today").click().run()
        assert "other_scenario" not in address_of(app)

    def test_a_facility_that_is_gone_is_said_at_its_change(self, home):
        app = self.open(home, scenario=to_text(scenario(CLOSE)))
        assert any("nie ma już na listach" in warning.value for warning in app.warning)
        assert "placówka, której nie ma już na listach" in words_of(app)


@pytest.mark.mirror
class TestReal:
    """Opening, moving and starting need real codes of gminas."""

    @pytest.fixture(autouse=True)
    def _real(self, monkeypatch, real_database_url):
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", real_database_url)

    def test_open_move_and_start_are_made_without_the_map(self):
        app = open_page("scenario", scope="12", indicator="gap_share", level="powiat", chosen="1206")
        app.selectbox(key="scenario_gmina_1206").set_value("120611").run()
        app.number_input(key="scenario_places").set_value(10).run()
        app.button(key="scenario_add").click().run()
        app.selectbox(key="scenario_gmina_1206").set_value("120617").run()
        app.radio(key="scenario_kind").set_value("move").run()
        app.selectbox(key="scenario_target").set_value("120611").run()
        app.button(key="scenario_add").click().run()
        app.radio(key="scenario_kind").set_value("start_area_service").run()
        app.selectbox(key="scenario_area_120617").set_value("1206").run()
        app.button(key="scenario_add").click().run()
        assert not app.exception
        made = from_text(address_of(app)["scenario"])
        assert [change.kind for change in made.changes] == ["open", "move", "start_area_service"]
        assert [change.gmina_code for change in made.changes[:2]] == ["120611", "120611"]
        assert made.changes[2].area_codes == ("1206",)
        assert made.support_form == "CAL-DPS"
        assert address_of(app)["form"] == made.changes[2].support_form

    def test_more_places_close_a_gap_and_cost(self):
        registry = open_registry()
        names = registry.localities[registry.localities["gmina_code"] == "120611"]
        town = names[names["kind"].eq("miasto")].iloc[0]
        club = replace(IN_FIRST, support_form="DZI-KLS", gmina_code="120611", build_cost_zl=900_000)
        one = scenario(replace(club, locality_key=str(town["locality_key"])))
        query = {"form": "DZI-KLS", "norm": 50, "distance_km": 2, "scenario": to_text(one)}
        app = open_page("scenario", scope="12", indicator="gap_share", **query)
        (frame,) = [item.value for item in app.dataframe]
        assert isinstance(frame, pd.DataFrame)
        assert frame["Nazwa"].iloc[0] == "Skawina"
        assert (frame["O ile mniej miejsc brakuje"] >= 0).all()
        assert not app.error


def test_a_budget_of_a_link_that_limits_nothing_is_said(monkeypatch, invented_database_url):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    app = open_page(
        "scenario", scope="98", form="DZI-KLS", indicator="gap_share", norm=5, siting="2____2000000_3_g"
    )
    assert [
        w for w in app.warning if "niczego tu nie ogranicza" in w.value and "nie podano kosztów" in w.value
    ]
