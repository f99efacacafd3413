"""
What stands for other people than the group, as every place tells it, by hand on three square gminas.

As in powiat Pułtusk: the register lists homes there, none of them for older people.
"""

from datetime import date

import pytest

from data.vocabulary import need_groups
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.profiles import profiles_of_form
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import sheet_data
from layers.export.table_rows import table_rows
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import apart_lines
from layers.words.caption import build_caption
from layers.words.explain import explanation
from layers.words.gauge_words import gauge_lines
from layers.words.others_words import others_lines, others_notes
from layers.words.short_answer import short_answer
from tests.support.kept import kept
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
PL = texts_of("pl")
ILL, DISABLED = ["mental_health"], ["disabled"]
HERE = (
    "Tylko dla innych osób niż ta grupa stoją tu 3 placówki tej formy (liczba miejsc: 504). "
    "W liczbach dla tej grupy ich nie ma."
)
TOGETHER = (
    "Wszystkie znane tu placówki tej formy: 4 (liczba miejsc: 544). "
    "Z tego dla tej grupy: 40; dla innych osób: 504."
)


def homes():
    """Return 40 places for older people in the first gmina, and three homes for others in the second."""
    of_others = ((2, 290, ILL), (3, 118, [*ILL, *DISABLED]), (4, 96, ILL))
    return [
        service(1, FIRST, capacity_places=40),
        *(
            service(number, SECOND, capacity_places=places, need_groups=groups)
            for number, places, groups in of_others
        ),
    ]


@kept
def world(services=None):
    return World(tiny_registry(homes() if services is None else services))


def table(services=None, **view):
    shown = View().with_changes(**{"scope": "12", **view})
    return build_area_table(world(services).registry, shown, world=world(services))


def facts(code=SECOND, services=None, **view):
    shown = View().with_changes(**{"scope": "12", "chosen": code, **view})
    return area_facts(world(services), shown, code, today=date(2026, 6, 30))


def test_what_stands_for_others_is_counted_apart_with_its_places():
    others = table().others
    assert (others.apart.facilities, others.apart.places, others.apart.is_least) == (3, 504.0, False)
    assert others.within(FIRST).apart.facilities == 0
    assert [(of.profiles, of.standing.places) for of in others.of_no_group] == [
        (("przewlekle psychicznie chor",), 386.0)
    ]


def test_a_home_for_the_group_and_for_others_is_none_of_them():
    beds = service(9, FIRST, capacity_places=10, need_groups=ILL, facility_id=1)
    others = table([*homes(), beds]).others
    assert others.apart.facilities == 3
    # Its places for others are in no number of any group all the same.
    assert others.of_no_group[0].standing.places == 396.0


def mixed_homes():
    """Return homes with places for older people alone, for others beside them, and of no told division."""
    return [
        *homes(),
        service(9, FIRST, capacity_places=10, need_groups=ILL, facility_id=1),
        service(10, FIRST, capacity_places=25, need_groups=["older", "disabled"]),
    ]


def test_every_place_is_told_once_and_the_parts_are_the_whole():
    shown = table(mixed_homes())
    account = shown.others.account
    assert (account.alone.places, account.shared.places, account.others.places) == (40.0, 25.0, 514.0)
    assert (account.whole.facilities, account.whole.places) == (5, 40.0 + 25.0 + 514.0)
    assert account.alone.places + account.shared.places == shown.rows["capacity_places"].sum()
    assert account.others.places == shown.others.apart.places + shown.others.beside.places
    assert shown.others.within(FIRST).account.whole.places == 75.0


def test_places_for_others_in_homes_for_the_group_are_told():
    notes = others_notes(table(mixed_homes()), PL)
    assert notes[0] == HERE
    assert notes[1].startswith(
        "W 1 placówce dla tej grupy część miejsc jest tylko dla innych osób (liczba miejsc: 10)"
    )
    assert notes[2] == (
        "Wszystkie znane tu placówki tej formy: 5 (liczba miejsc: 579). Z tego tylko dla tej grupy: 40; "
        "dla tej grupy razem z innymi osobami albo nie wiadomo, dla kogo: 25; tylko dla innych osób: 514."
    )
    shown = table(mixed_homes(), indicator="facilities_count")
    rows = table_rows(shown, build_caption(shown, PL)).set_index("area_code")
    assert "tylko dla innych osób (liczba miejsc: 10)" in rows.loc[FIRST, "remarks"]


def test_places_of_an_old_list_are_unsure():
    old = service(5, THIRD, need_groups=ILL, capacity_places=7, dated_on=date(2015, 1, 1))
    (line,) = others_lines(table([old], scope="24"), THIRD, PL)
    assert "liczba miejsc: 7 (niepewne)" in line
    assert line.endswith("placówki może już nie być.")


def test_places_that_are_not_stated_make_it_at_least_and_then_no_data():
    unstated = service(5, SECOND, need_groups=ILL)
    assert "liczba miejsc: co najmniej 504" in others_lines(table([*homes(), unstated]), SECOND, PL)[0]
    (only,) = others_lines(table([unstated]), SECOND, PL)
    assert "liczba miejsc: brak danych" in only


class TestOneAnswerEverywhere:
    """Zero is zero of this group, and what stands there is told: in title, legend, notes, card, print, files."""

    def test_on_the_map(self):
        caption = build_caption(table(level="powiat"), PL)
        assert caption.zero_label is None
        caption = build_caption(table(indicator="facilities_count"), PL)
        assert HERE in caption.notes

    @pytest.mark.parametrize(("lang", "ending"), [("pl", "dla tej grupy"), ("en", "for this group")])
    def test_in_the_title(self, lang, ending):
        shown = table(level="voivodeship", group="older", services=homes()[1:], lang=lang)
        assert build_caption(shown, texts_of(lang)).title.endswith(ending)

    def test_in_the_legend_and_over_one_of_two_maps(self):
        shown = table(level="powiat", services=homes()[1:])
        assert build_caption(shown, PL).zero_label == "0 – nie ma miejsc dla tej grupy"
        assert short_answer(shown, PL).startswith("0 – nie ma miejsc dla tej grupy: w 1 powiecie")

    def test_in_the_card_and_its_print(self):
        told = facts()
        assert apart_lines(told, PL) == [HERE]
        assert apart_lines(facts("1200", level="powiat"), PL) == [HERE, TOGETHER]
        assert HERE in sheet_data(told, build_caption(told.table, PL), PL)["services"]["notes"]

    def test_the_gauges_of_the_card_say_of_whom_there_is_none(self):
        told = facts("1200", homes()[1:], level="powiat")
        lines = gauge_lines(told.gauges, told.triad.gap.table, PL)
        assert any("żadnej takiej placówki dla tej grupy" in line for line in lines)
        assert "Rejestr: na listach nie ma tu żadnej takiej placówki, " not in " ".join(lines)

    def test_in_files_and_the_table_of_the_page(self):
        shown = table(indicator="facilities_count")
        rows = table_rows(shown, build_caption(shown, PL)).set_index("area_code")
        said = "stoją tu placówki tej formy tylko dla innych osób: 3 (liczba miejsc: 504)"
        assert said in rows.loc[SECOND, "remarks"]
        assert "innych osób" not in rows.loc[FIRST, "remarks"]

    def test_how_a_number_was_computed_tells_of_its_own_area(self):
        shown = table(indicator="facilities_count")
        assert HERE in explanation(shown, "facilities_count", SECOND, PL).assumptions
        said = explanation(shown, "facilities_count", FIRST, PL).assumptions
        assert not any(note.startswith("Tylko dla innych") for note in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whose_places_are_in_no_group_is_told_with_their_number(lang):
    notes = others_notes(table(), texts_of(lang))
    (ill,) = (one for one in profiles_of_form("CAL-DPS") if one.need_groups == ("mental_health",))
    assert ill.name[lang] in notes[-1]
    assert "386" in notes[-1]


A, C = "osoby przewlekle psychicznie chore", "osoby z innymi przewlekłymi zaburzeniami czynności psychicznych"


def test_types_of_self_help_homes_are_told_as_the_regulation_names_them():
    houses = [
        service(1, FIRST, support_form="DZI-SDS", need_groups=ILL, capacity_places=30, subtype=A),
        service(2, FIRST, support_form="DZI-SDS", need_groups=ILL, capacity_places=20, subtype=f"{A}, {C}"),
        service(3, SECOND, support_form="DZI-SDS", need_groups=ILL, capacity_places=10),
    ]
    note = others_notes(table(houses, form="DZI-SDS", group="disabled"), PL)[-1]
    told = note.partition(": ")[2]
    assert told == (
        "osoby przewlekle psychicznie chore (typ A, liczba miejsc: 30); "
        "osoby przewlekle psychicznie chore i osoby wykazujące inne przewlekłe zaburzenia czynności psychicznych "
        "(typy A i C, liczba miejsc: 20); "
        # The list names no type: it may be A or C.
        f"{need_groups()['mental_health'].name['pl']} (liczba miejsc: 10)."
    )


def test_a_form_without_profiles_has_none_of_it():
    clubs = [service(1, FIRST, support_form="DZI-KLS", capacity_places=10)]
    shown = table(clubs, form="DZI-KLS")
    assert not shown.others.is_by_group
    assert others_notes(shown, PL) == []
