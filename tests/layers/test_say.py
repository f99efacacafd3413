import io
import json

import pytest

from data.registry.reading import read_registry
from data.scenarios import Change, Scenario
from data.scenarios.text import to_text
from data.store.engine import open_engine
from layers import __main__ as command
from layers.answers.table_building import build_area_table
from layers.said_address import lost_of_address, page_of_address, view_of_address
from layers.text import texts_of
from layers.view.compared_view import other_choices
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.tiny_world import middle_of, tiny_registry

GAP = "level=powiat&indicator=gap_share&norm=5&lang=en"


@pytest.fixture
def spoken(invented_database_url, monkeypatch, capsys):
    """Give the command: addresses go in, what their views say comes out."""
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)

    def say(*addresses):
        assert command.main(["say", *addresses]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return say


def test_a_view_says_what_its_print_and_its_table_say(spoken, invented_database_url):
    (said,) = spoken(GAP)
    engine = open_engine(invented_database_url)
    table = build_area_table(read_registry(engine), view_of_address(GAP))
    engine.dispose()
    caption = build_caption(table, texts_of("en"))
    assert (said["title"], said["subtitle"], said["notes"]) == (
        caption.title, caption.subtitle, list(caption.notes),
    )  # fmt: skip
    assert [row["area_code"] for row in said["rows"]] == list(table.rows.index)
    assert [row["demand_persons"] for row in said["rows"]] == table.rows["demand_persons"].tolist()
    assert said["norm"] == 5
    assert said["snapshot_id"] == table.snapshot_id


def test_a_link_of_a_page_is_an_address(spoken):
    (link,), (bare,) = spoken(f"http://localhost:8501/planowanie?{GAP}"), spoken(GAP)
    assert link == bare


def test_addresses_are_read_one_a_line(spoken, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GAP}\n\nlevel=gmina&lang=uk\n"))
    assert [said["language"] for said in spoken("-")] == ["en", "uk"]


def test_a_chosen_area_brings_its_card_and_a_comparison_its_other_view(spoken, invented_database_url):
    engine = open_engine(invented_database_url)
    other = other_choices(View(), read_registry(engine))[0]
    engine.dispose()
    (said,) = spoken("level=gmina")
    chosen = said["rows"][0]["area_code"]
    assert not {"card", "other"} & said.keys()
    (said,) = spoken(f"level=gmina&chosen={chosen}&other={other}")
    assert chosen in said["card"]["title"]
    assert said["card"]["people"]["pairs"]
    assert said["other"]["rows"]


def test_a_comparison_is_said_in_the_classes_and_words_of_the_page(spoken):
    """The second view told a target "set in this view" that nobody set, and classes that its map does not have."""
    (said,) = spoken("level=gmina&form=DZI-KLS&indicator=places_per_1000&other=y2035&lang=en")
    assert said["other"]["legend"]["classes"] == said["legend"]["classes"]
    assert not [note for note in said["other"]["notes"] if "set in this view" in note]


@pytest.mark.parametrize("address", ["/planowanie", "http://localhost/planowanie", ""])
def test_an_address_without_a_question_loses_nothing(address):
    assert lost_of_address(address, tiny_registry([])) == []


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (GAP, "planner"),
        (f"/koszty?{GAP}", "costs"),
        ("https://example.org/mapa/raport?scope=12", "coordinator"),
        ("/scenariusz/?scope=12", "scenario"),
        ("/elsewhere?scope=12", "planner"),
    ],
)
def test_a_link_names_its_page(address, page):
    assert page_of_address(address) == page


def test_words_of_a_page_that_is_not_told_are_said_to_be_of_another(spoken):
    costs, report = spoken(f"/koszty?{GAP}", f"/raport?{GAP}")
    assert (costs["page"], report["page"]) == ("koszty", "raport")
    assert costs["lost"][-1].startswith("The link leads to the page “Costs”")
    assert report["lost"] == []
    # A page of costs tells no voivodeship, and the planner's does.
    assert (
        len(lost_of_address("/koszty?level=voivodeship&indicator=facilities_count", tiny_registry([]))) == 2
    )


@pytest.mark.parametrize(
    "address", ["/planowani?scope=12", "/planowani", "http://localhost/planowani?scope=12"]
)
def test_a_page_that_there_is_not_is_said(address):
    (line,) = lost_of_address(address, tiny_registry([]))
    assert line.startswith("Strony „planowani” nie ma.")
    assert lost_of_address("https://example.org/mapa/?scope=12", tiny_registry([])) == []


def test_an_address_that_says_a_parameter_twice_is_told_as_on_a_page():
    said = lost_of_address("/planowanie?level=powiat&level=voivodeship&lang=en", tiny_registry([]))
    assert len(said) == 1
    assert "powiat" in said[0]
    # What cannot be read is told once, though it stands there twice.
    assert len(lost_of_address("?lang=en&form=x&form=y", tiny_registry([]))) == 1


def test_a_voivodeship_that_the_data_do_not_have_is_said():
    """A link of the example on real data, or the other way round, never borrows a name."""
    said = lost_of_address("?scope=98", tiny_registry([]))
    assert said == ["Województwo: w danych nie ma „przykładowe”. Pokazujemy: Polska."]


def test_a_scenario_of_a_region_that_the_data_do_not_have_is_told_and_changes_nothing(spoken):
    change = Change(kind="open", support_form="DZI-KLS", gmina_code="120611", locality_key="9", places=5)
    packed = to_text(Scenario("Plan", "DZI-KLS", "older", (change,)))
    view = f"form=DZI-KLS&indicator=gap_share&lang=en&norm=5&siting=2______&scenario={packed}"
    elsewhere, here = spoken(f"scope=12&{view}", view.replace("&siting=2______", ""))
    assert elsewhere["rows"] == here["rows"]
    assert elsewhere["lost"][0].startswith("Voivodeship: ")
    assert elsewhere["effect"] == here["effect"]
    for said in (elsewhere, here):
        assert any(
            line.startswith("Scenario: changes that fit these data wholly: 0 of 1;") for line in said["lost"]
        )
    assert any(note.startswith("1 change of the scenario is not in these numbers") for note in here["notes"])
    assert here["effect"]["closed"] == {"least": 0, "estimate": 0, "most": 0}


def test_a_link_of_a_point_outside_its_gmina_names_both_gminas():
    """The point is the middle of Pierwsza; the change states Druga, whose border is 4.5 km away."""
    packed = _opened("120002", middle_of("120001"))
    said = lost_of_address(f"?lang=en&form=DZI-KLS&scenario={packed}", tiny_registry([]))
    assert said[-1] == (
        "Change 1: This change is not in the numbers: the point lies in another gmina (gmina Pierwsza) than the "
        "scenario says (gmina Druga), more than 300 m from its border. Correct the coordinates or the gmina."
    )


def test_a_command_says_which_change_its_file_does_not_have(spoken, invented_database_url, tmp_path, capsys):
    engine = open_engine(invented_database_url)
    gminas = read_registry(engine).areas_of_level("gmina")
    engine.dispose()
    packed = _opened(gminas["area_code"].iloc[-1], gminas["label_point"].iloc[0])
    view = ["--form", "DZI-KLS", "--scope", "98", "--scenario", packed, "--out", str(tmp_path)]
    for words in (["snapshot", "--format", "csv"], ["card", "--area", "9801"]):
        assert command.main([*words, *view]) == 0
        noted = capsys.readouterr().err
        assert "note: Change 1: This change is not in the numbers: the point lies in another gmina" in noted
        assert str(gminas["name"].iloc[0]) in noted


def _opened(gmina_code, point):
    spot = {"longitude": round(point.x, 5), "latitude": round(point.y, 5)}
    change = Change(kind="open", support_form="DZI-KLS", gmina_code=gmina_code, places=5, **spot)
    return to_text(Scenario("Plan", "DZI-KLS", "older", (change,)))


def test_a_link_that_cannot_be_answered_does_not_stop_the_others(spoken, capsys):
    addresses = ["?travel=car&indicator=coverage_share", GAP, "?scenario=1.broken"]
    assert command.main(["say", *addresses]) == 1
    printed = capsys.readouterr()
    said = [json.loads(line) for line in printed.out.splitlines()]
    assert [line.get("link") for line in said] == [addresses[0], None, None]
    assert "expected a road network" in said[0]["error"]
    assert said[1]["title"]
    assert printed.err.startswith("error: 1 of 3 views say nothing; the first: expected a road network")


def test_a_budget_that_nothing_is_paid_from_is_said(spoken):
    """Two million zł without unit costs limited nothing, and nothing said so."""
    view = "scope=98&form=DZI-KLS&indicator=gap_share&lang=en&norm=5"
    unpaid, paid = spoken(
        f"{view}&siting=2____2000000_3_", f"{view}&siting=2____2000000_3_&costs=DZI-KLS_1000__"
    )
    assert unpaid["siting"]["sentences"][0].startswith("The budget (2,000,000\xa0zł) limits nothing here")
    assert not [said for said in paid["siting"]["sentences"] if "limits nothing" in said]


def test_sites_without_limits_are_said_as_the_page_says_them(spoken):
    """A least size above the most ended the command with an error."""
    (said,) = spoken("scope=98&form=DZI-KLS&indicator=gap_share&lang=en&norm=5&siting=3_40_10___5_")
    assert said["siting"]["sentences"] == [
        "The least size of a facility is above the most. Correct one of them."
    ]


@pytest.mark.parametrize("page", ["", "/planowanie?", "/porownanie?", "/scenariusz?"])
def test_a_second_view_that_cannot_stand_beside_the_first_is_said_with_its_reason(spoken, page):
    """Another day was dropped in silence: no second view, nothing lost, and the address kept it."""
    view = "level=gmina&form=DZI-KLS&indicator=places_per_1000&lang=en"
    gone, instead = spoken(f"{page}{view}&other=d2019-01-31", f"{page}{view}&other=y2040")
    assert gone["lost"] == [
        "Second map: the data have no “registry of 31 January 2019”. Shown instead: year 2040."
    ]
    assert instead["lost"] == []
    # What is said to be shown is shown.
    assert gone["other"]["rows"] == instead["other"]["rows"]


def test_a_region_that_gives_way_is_not_set_beside_itself(spoken):
    """The whole country beside a voivodeship that the data do not have is the country beside itself."""
    (said,) = spoken("/porownanie?scope=12&level=gmina&form=DZI-KLS&lang=en&other=s00")
    assert [line.split(":")[0] for line in said["lost"]] == ["Voivodeship", "Second map"]
