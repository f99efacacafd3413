"""Whom a form takes in decides what is told of it: people from anywhere, whoever is in reach, or own residents only."""

import pytest

from data.scenarios import Change, Scenario, to_text
from data.vocabulary import support_forms
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.unequal import inequality_of
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import area_sheet
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import other_figures
from layers.words.caption import build_caption
from tests.support.kept import kept
from tests.support.tiny_world import AS_OF, service, tiny_registry

FIRST, SECOND = "120001", "120002"
CLUBS = (("DZI-KLS", "12"), ("DZI-KLS", "24"))
OLDER_FIRST, OLDER_SECOND = 200, 100
CLUB = {"support_form": "DZI-KLS", "capacity_places": 30}
CLUB_VIEW = View(form="DZI-KLS", indicator="coverage_share", distance_km=10)


@kept
def homes(**view):
    """Return the table of one care home of 50 places in the first of three gminas."""
    return build_area_table(tiny_registry([service(1, FIRST, capacity_places=50)]), View(**view))


@kept
def clubs(*, agreements=(), **view):
    """Return the table of one club in the first gmina, 9 km from the second."""
    registry = tiny_registry([service(1, FIRST, **CLUB)], claims=CLUBS)
    if agreements:
        scenario = Scenario("umowa", "DZI-KLS", "older", tuple(agreements))
        registry = apply_packed(registry, to_text(scenario)).registry
    return build_area_table(registry, CLUB_VIEW.with_changes(**view))


def agreement(gmina=FIRST, area=SECOND):
    return Change(kind="admit", support_form="DZI-KLS", gmina_code=gmina, area_codes=(area,))


@kept
def facts_of_a_home():
    """Return the card of the first gmina."""
    world = World(tiny_registry([service(1, FIRST, capacity_places=50)]))
    return area_facts(world, View(scope="12"), FIRST, today=AS_OF)


class TestWide:
    def test_a_heading_tells_places_that_may_be_for_others_at_most(self):
        both = service(1, FIRST, capacity_places=50, need_groups=["older", "disabled"])
        table = build_area_table(tiny_registry([both]), View(scope="12"))
        title = build_caption(table, texts_of("pl")).title
        assert "1 placówka w 1 gminie, liczba miejsc: najwyżej 50" in title.replace("\u00a0", " ")
        unknown = service(
            1, FIRST, capacity_places=50, need_groups=list(support_forms()["CAL-DPS"].need_groups)
        )
        table = build_area_table(tiny_registry([unknown]), View(scope="12"))
        title = build_caption(table, texts_of("pl")).title
        assert "najwyżej 1 placówka w 1 gminie" in title.replace("\u00a0", " ")

    @pytest.mark.parametrize("indicator", ["places_per_1000", "facilities_count"])
    def test_gminas_show_what_stands_and_no_lack(self, indicator):
        table = homes(scope="12", indicator=indicator)
        caption = build_caption(table, texts_of("pl"))
        said = "Dom pomocy społecznej – osoby starsze: 1 placówka w 1 gminie, liczba miejsc: 50"
        assert caption.title.startswith(said)
        assert "nie ma" not in caption.title
        assert caption.zero_label == "0 – żadna dla tej grupy tu nie stoi"
        assert not {"norm_missing_places", "places_to_keep"} & set(table.rows)
        assert any("art. 54, 59" in note for note in caption.notes)
        assert not any("mediana" in note.lower() for note in caption.notes)

    def test_incomplete_lists_make_it_at_least(self):
        title = build_caption(homes(), texts_of("pl")).title
        assert "co najmniej 1 placówka w 1 gminie, liczba miejsc: co najmniej 50" in title

    def test_nothing_known_is_not_told_as_none(self):
        unknown = build_area_table(tiny_registry([], claims=()), View())
        assert "brak danych" in build_caption(unknown, texts_of("pl")).title
        none = build_area_table(tiny_registry([]), View(scope="12"))
        assert "w danych nie ma tu żadnej placówki" in build_caption(none, texts_of("pl")).title

    def test_there_is_no_inequality_of_gminas(self):
        assert inequality_of(homes(scope="12")) is None
        assert inequality_of(homes(level="powiat")) is not None

    def test_powiats_tell_the_lack_and_that_they_are_no_catchment(self):
        table = homes(scope="12", level="powiat", norm=100.0)
        assert "norm_missing_places" in table.rows
        notes = build_caption(table, texts_of("pl")).notes
        assert any("spoza powiatu" in note for note in notes)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_card_of_a_gmina_has_no_lack_and_can_be_printed(self, lang):
        facts = facts_of_a_home()
        assert (facts.triad, facts.reach, facts.otherwise) == (None, (), ())
        columns = ["facilities_count", "capacity_places", "places_per_1000"]
        assert [figure.column for figure in facts.capacity] == columns
        assert [figure.column for year in facts.forecast for figure in year.figures] == 3 * ["demand_persons"]
        assert area_sheet(facts, build_caption(facts.table, texts_of(lang))).startswith(b"%PDF")


class TestOwn:
    def test_only_residents_of_the_gmina_of_the_club_reach_it(self):
        assert list(clubs().rows["coverage_share"]) == [1, 1, 0]
        assert list(clubs(own=True).rows["coverage_share"]) == [1, 0, 0]

    def test_gaps_and_access_are_those_of_own_residents_too(self):
        everybody = clubs(indicator="gap_share", norm=100.0).rows
        own = clubs(indicator="gap_share", norm=100.0, own=True).rows
        assert everybody["out_of_reach_persons"].sum() < own["out_of_reach_persons"].sum()
        assert own.loc[SECOND, "out_of_reach_persons"] == OLDER_SECOND
        access = clubs(indicator="access_per_1000", method="2sfca", own=True).rows["access_per_1000"]
        assert list(access) == pytest.approx([1000 * 30 / OLDER_FIRST, 0, 0])

    def test_access_of_own_residents_is_shared_with_nobody_from_beyond(self):
        """It said "all people within 5 km, in their own gmina of it, also those from beyond the border"."""
        own = clubs(indicator="access_per_1000", method="2sfca", own=True)
        for lang in LANGUAGES:
            (note,) = (n for n in build_caption(own, texts_of(lang)).notes if "2SFCA" in n)
            anybody = build_caption(clubs(indicator="access_per_1000", method="2sfca"), texts_of(lang)).notes
            assert note not in anybody
        assert "dzieli je między mieszkańców gminy, w której stoi, którzy mieszkają w odległości do" in (
            " ".join(build_caption(own, texts_of("pl")).notes)
        )

    def test_it_is_another_number_with_another_key(self):
        assert clubs().snapshot_id != clubs(own=True).snapshot_id
        assert CLUB_VIEW.with_changes(own=True).question != CLUB_VIEW.question
        world = World(tiny_registry([service(1, FIRST, **CLUB)], claims=CLUBS))
        shares = [
            build_area_table(world.registry, CLUB_VIEW.with_changes(own=own), world=world)
            .rows["coverage_share"]
            .sum()
            for own in (False, True, False)
        ]
        assert shares == [2, 1, 2]

    @pytest.mark.parametrize(
        ("lang", "said"),
        [("pl", "tylko mieszkańcy gminy"), ("uk", "лише мешканці гміни"), ("en", "own residents only")],
    )
    @pytest.mark.parametrize("indicator", ["coverage_share", "access_per_1000", "gap_share"])
    def test_it_is_named_in_every_title_and_caption(self, lang, said, indicator):
        caption = build_caption(clubs(indicator=indicator, own=True, norm=100.0), texts_of(lang))
        assert said in caption.title
        assert texts_of(lang).t("export_own_note") in caption.notes
        without = build_caption(clubs(indicator=indicator, norm=100.0), texts_of(lang))
        assert said not in without.title

    def test_an_unlisted_club_of_a_neighbour_is_not_in_reach(self):
        # The list of voivodeship 24 is not complete, but its clubs take nobody in from the second gmina.
        registry = tiny_registry([service(1, FIRST, **CLUB)], claims=CLUBS[:1])
        table = build_area_table(registry, CLUB_VIEW.with_changes(own=True))
        assert table.rows.loc[SECOND, "coverage_share"] == 0
        assert table.bounds.loc[SECOND, "coverage_share"] == ""
        unsure = build_area_table(registry, CLUB_VIEW.with_changes(distance_km=2))
        assert unsure.rows["coverage_share"].isna().tolist() == [False, False, True]

    def test_the_card_tells_both_figures(self):
        world = World(tiny_registry([service(1, FIRST, **CLUB)], claims=CLUBS))
        facts = area_facts(world, CLUB_VIEW.with_changes(norm=100.0), SECOND, today=AS_OF)
        assert (facts.reach[0].value, facts.otherwise[0].value) == (1, 0)
        assert facts.otherwise[2].column == "missing_places"
        labels = [label for _, label in other_figures(facts, texts_of("pl"))]
        assert all("tylko mieszkańcy gminy" in label for label in labels)
        assert area_sheet(facts).startswith(b"%PDF")


class TestAgreement:
    def test_residents_of_the_other_gmina_are_taken_in(self):
        assert list(clubs(own=True, agreements=[agreement()]).rows["coverage_share"]) == [1, 1, 0]
        assert list(clubs(own=True, agreements=[agreement(area="12")]).rows["coverage_share"]) == [1, 1, 0]
        assert list(clubs(agreements=[agreement()]).rows["coverage_share"]) == [1, 1, 0]

    def test_an_agreement_of_a_gmina_without_a_club_is_a_problem(self):
        scenario = Scenario("umowa", "DZI-KLS", "older", (agreement(gmina=SECOND, area=FIRST),))
        applied = apply_packed(tiny_registry([service(1, FIRST, **CLUB)]), to_text(scenario))
        assert applied.problems["problem"].tolist() == ["nothing_here"]
