"""The area card on paper: one A4 page whatever the names, its words as text, the same bytes for the same facts."""

import io
import re
from dataclasses import replace
from functools import cache, partial

import pandas as pd
import pypdf
import pytest

from data.registry.registry import PLAN_COLUMNS
from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import area_sheet, sheet_data
from layers.export.sheet_lists import cut_list, shortened
from layers.export.sheet_sections import unsure_line
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import AreaFacts, area_facts
from layers.words.area_facts.wording import figure_name, no_lack_line
from layers.words.caption import build_caption
from tests.support.tiny_world import AS_OF, service, tiny_registry

FIRST = "120001"
A4_PT = (595.276, 841.89)
HOSTILE = (
    '#sys.inputs *b* _i_ $x^2$ `raw` @ref <label> \\ // /* ] ) } "q" https://x.example #set page(width: 1pt)'
)


def facts_of(services=None, *, name="Pierwsza", code=FIRST, is_invented=False, **view):
    world = world_of(services, name, is_invented) if services else tiny_world(name, is_invented)
    return facts_in(world, code=code, **view)


def facts_in(world, *, code=FIRST, **view):
    asked = View().with_changes(**{"norm": 20.0, **view})
    return area_facts(world, asked, code, today=AS_OF, table_of=partial(table_of, world))


@cache
def table_of(world, view):
    """Give the table of a view; as on pages, what was computed for one language need not be for the next."""
    numbers = View.asking(view.question)
    if numbers != view:
        return table_of(world, numbers).of_view(view)
    return build_area_table(world.registry, view, today=AS_OF, world=world)


@cache
def tiny_world(name, is_invented):
    return world_of([service(1, FIRST, capacity_places=3), service(2, FIRST)], name, is_invented)


@cache
def crowded_world(facility):
    """Give a world with 79 homes of one kind of name, and other forms beside them."""
    services = [service(n, FIRST, facility_name=f"{n} {facility}", capacity_places=n) for n in range(1, 80)]
    services += [
        service(100 + n, FIRST, support_form=form)
        for n, form in enumerate(["DZI-KLS", "DZI-DDS", "DZI-DDP", "DOM-UO"])
    ]
    return world_of(services, "Gmina " + "W" * 200, is_invented=True)


def world_of(services, name, is_invented):
    registry = tiny_registry(services)
    areas = registry.areas.copy()
    areas.loc[areas["area_code"] == FIRST, "name"] = name
    plans = [[FIRST, "Pierwsza", "adopted", "2026", "https://example.org/plan", None, "register"]]
    return World(
        replace(
            registry,
            areas=areas,
            local_plans=pd.DataFrame(plans, columns=PLAN_COLUMNS),
            state=replace(registry.state, is_invented=is_invented),
        )
    )


def read(pdf):
    """Give the only page of a PDF, and its words on one line."""
    document = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(document.pages) == 1
    page = document.pages[0]
    assert tuple(map(float, page.mediabox[2:])) == pytest.approx(A4_PT, abs=0.1)
    return document, " ".join(page.extract_text().replace("\u00a0", " ").split())


def assert_nothing_is_cut(page, as_of):
    """All words stand above the foot, which begins with the days of the data: what is clipped is below, unseen."""
    heights = []

    def keep(text, whole, line, *_):
        if text.strip():
            heights.append((line[5] * whole[3] + whole[5], text.strip()))

    pypdf.PdfReader(io.BytesIO(page)).pages[0].extract_text(visitor_text=keep)
    foot = max(number for number, (_, text) in enumerate(heights) if text.startswith(as_of[:8]))
    assert [text for height, text in heights[:foot] if height < heights[foot][0] + 5] == []


def test_says_what_the_card_says():
    facts = facts_of()
    document, words = read(area_sheet(facts))
    caption = build_caption(facts.table, texts_of("pl"))
    for said in (
        "Pierwsza", "kod TERYT 120001", "osoby starsze", "Miejsca w zasięgu i ile ich brakuje",
        "Placówka 1", "2026-06-30",
        "Druga", "plan przyjęty", "Źródło register – Wydawca, CC BY 4.0", facts.table.snapshot_id, "20,0%",
        caption.boundaries,
    ):  # fmt: skip
        assert said in words, said
    assert document.metadata.title == "Karta obszaru: Pierwsza (120001)"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
def test_every_language_and_level_is_one_tagged_page(lang, level):
    code = {"gmina": FIRST, "powiat": "1200", "voivodeship": "12"}[level]
    document, words = read(area_sheet(facts_of(lang=lang, level=level, code=code)))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(document.trailer["/Root"]["/Lang"]).startswith(lang)
    assert texts_of(lang).t("area_card.triad") in words
    assert b"pdfuaid" in document.trailer["/Root"]["/Metadata"].get_data()


def test_the_same_facts_give_the_same_bytes():
    again = [service(1, FIRST, capacity_places=3), service(2, FIRST)]
    assert area_sheet(facts_of()) == area_sheet(facts_of(again))


def test_the_file_does_not_tell_the_version_of_its_compiler():
    made = area_sheet(facts_of())
    assert b"Typst " in made
    assert not re.search(rb"Typst [0-9]", made)


def test_names_are_text_and_never_code():
    facts = facts_of([service(1, FIRST, facility_name=HOSTILE, capacity_places=3)], name=HOSTILE[:60])
    made = sheet_data(facts, build_caption(facts.table, texts_of("pl")), texts_of("pl"))
    assert made["levels"][0]["name"] == HOSTILE[:60]
    assert made["levels"][0]["facilities"]["items"][0][0] == shortened(HOSTILE, 90)
    _, words = read(area_sheet(facts))
    for said in ("#sys.inputs", "*b*", "$x^2$", "`raw`", "@ref", "<label>", "//"):
        assert said in words, said


def test_letters_of_no_font_and_of_the_other_direction_do_not_break_the_page():
    name = "Wieś \u202eabc\u0000 名字 🏠 \u200bŁódź"
    _, words = read(area_sheet(facts_of([service(1, FIRST, facility_name=name, capacity_places=3)])))
    assert "Łódź" in words
    assert "\u202e" not in words


@pytest.mark.parametrize(
    "facility", ["Dom Pomocy Społecznej imienia " + "Ż" * 300, "bardzo długa nazwa " * 40]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worst_names_and_lists_are_still_one_page(facility, lang):
    facts = facts_in(crowded_world(facility), lang=lang, since="2025-01-01")
    long = replace(
        facts.table,
        sources=tuple(
            replace(
                facts.table.sources[0], code=str(n), name=f"{n} " + "źródło " * 60, licence="licencja " * 60
            )
            for n in range(40)
        ),
    )
    page = area_sheet(replace(facts, table=long))
    _, words = read(page)
    assert_nothing_is_cut(page, build_caption(long, texts_of(lang)).as_of)
    assert texts_of(lang).t("export_warning_invented").split()[0] in words
    # The last heading and the foot are on the page: nothing was cut away.
    assert texts_of(lang).t("area_card.sources") in words
    assert facts.table.snapshot_id in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_facility_that_is_known_to_its_village_says_so_under_its_name(lang):
    """Beside the name, not in the notes, which may end with how many more there are."""
    village = {"place_grade": "locality", "place_radius_m": 3_200}
    services = [
        service(1, FIRST, capacity_places=5, **village),
        service(2, FIRST, capacity_places=3, place_grade="door"),
    ]
    facts, texts = facts_of(services, lang=lang), texts_of(lang)
    radius = texts.distance(3_500)
    where = texts.t("coarse.known_within", known=texts.t("coarse.known_locality"), radius=radius)
    page = area_sheet(facts)
    _, words = read(page)
    assert words.count(" ".join(where.split())) == 1
    assert words.index("Placówka 1") < words.index(" ".join(where.split())) < words.index("Placówka 2")
    assert_nothing_is_cut(page, build_caption(facts.table, texts).as_of)


def test_invented_data_are_warned_of():
    warning = texts_of("pl").t("export_warning_invented")
    assert warning in read(area_sheet(facts_of(is_invented=True)))[1]
    assert warning not in read(area_sheet(facts_of()))[1]


def test_a_number_that_may_be_either_has_a_star_that_is_explained():
    facts = facts_of(indicator="day_per_1000")
    bounds = facts.table.bounds.assign(day_per_1000="unsure")
    rows = facts.table.rows.assign(day_per_1000=0.5)
    _, words = read(area_sheet(replace(facts, table=replace(facts.table, rows=rows, bounds=bounds))))
    assert "0,5*" in words
    assert "* Niepewne" in words
    assert "*" not in read(area_sheet(facts_of()))[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("indicator", "is_hanging", "key"),
    [
        ("coverage_share", True, "unsure_where"),
        ("coverage_share", False, "unsure"),
        ("gap_share", True, "unsure_both"),
        ("gap_share", False, "unsure"),
    ],
)
def test_the_star_says_what_is_not_known(indicator, is_hanging, key, lang):
    """The home's list is complete and its places are of one kind: where it stands may be all that is not known."""
    facts = facts_of(indicator=indicator)
    table = facts.table
    told = replace(
        table,
        rows=table.rows.assign(**{indicator: 0.5, "is_hanging": is_hanging}),
        bounds=table.bounds.assign(**{indicator: "unsure"}),
    )
    texts = texts_of(lang)
    assert unsure_line(facts, texts) == ""
    assert unsure_line(replace(facts, table=told), texts) == texts.t(f"area_card.{key}")


def test_a_picture_for_a_look_at_it():
    assert area_sheet(facts_of(), file_format="png").startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="expected pdf or png, found 'svg'"):
        area_sheet(facts_of(), file_format="svg")


def test_lists_say_how_many_more_there_are():
    texts = texts_of("pl")
    assert cut_list(["a", "b", "c"], 1, texts) == {"items": ["a"], "more": "i jeszcze 2"}
    assert cut_list(["a"], 1, texts) == {"items": ["a"], "more": ""}
    assert shortened("Łódzkie domy", 7) == "Łódzki…"
    assert shortened("Łódź", 4) == "Łódź"


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (28, "informacja publiczna…"),
        (21, "informacja publiczna…"),
        (20, "informacja…"),
        (43, "informacja publiczna (licencji nie podano)"),
        # No word is left whole, so a part of it is told.
        (8, "informa…"),
    ],
)
def test_a_line_is_cut_between_words(most, said):
    assert shortened("informacja publiczna (licencji nie podano)", most) == said


def test_the_beginning_of_a_long_word_is_told():
    assert shortened("Dom Konstantynopolitańczykowianeczki", 20) == "Dom Konstantynopoli…"


def test_real_worst_cases_are_one_page(real_registry):
    world = World(real_registry)
    for code, view in (
        ("126101", View(scope="12", indicator="gap_share", lang="uk")),
        ("12", View(level="voivodeship", indicator="day_per_1000", lang="pl")),
        (
            "126101",
            View(scope="12", group="homeless", form="BEZ-SCH", indicator="facilities_count", lang="en"),
        ),
    ):
        facts = area_facts(world, view, code, today=AS_OF)
        page = area_sheet(facts)
        _, words = read(page)
        assert facts.table.snapshot_id in words
        assert_nothing_is_cut(page, build_caption(facts.table, texts_of(view.lang)).as_of)
        assert texts_of(view.lang).t("area_card.sources") in words


def test_gminas_that_are_told_together_are_called_gminas(monkeypatch):
    facts, texts = facts_of(), texts_of("pl")
    caption = build_caption(facts.table, texts)
    assert sheet_data(facts, caption, texts)["levels"][0]["within"].startswith("gmina · ")
    monkeypatch.setattr(AreaFacts, "is_together", True)
    assert sheet_data(facts, caption, texts)["levels"][0]["within"].startswith("gminy · ")


def test_the_form_is_named_where_nothing_is_said_of_what_a_gmina_lacks():
    facts = facts_of(form="CAL-DPS", indicator="organisation")
    assert "(dom pomocy społecznej)" in no_lack_line(facts, texts_of("pl"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_of_another_year_or_of_a_scenario_says_so_above_its_numbers(lang):
    """3,3 of 2035 stood beside 53 684 people of today, and a planned home looked like any other."""
    texts = texts_of(lang)

    def data_of(facts):
        return sheet_data(facts, build_caption(facts.table, texts), texts)

    assert data_of(facts_of())["warning"] == ""
    world = world_of([service(1, FIRST, capacity_places=3)], "Pierwsza", is_invented=False)
    later = facts_in(world)
    later = replace_view(later, year=2035)
    assert "2035" in data_of(later)["warning"]
    change = Change(kind="open", support_form="CAL-DPS", gmina_code=FIRST, locality_key="1", places=10)
    planned = replace_view(facts_of(), scenario=to_text(Scenario("Dom", "CAL-DPS", "older", (change,))))
    data = data_of(planned)
    assert "Dom" in data["warning"]
    assert data["balance"]["classes"]["columns"][1] == texts.t("area_card.now_scenario")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_number_has_its_own_name_where_the_one_of_the_view_cannot_be_told(lang):
    """Under "places per 1,000 people" of powiat oświęcimski stood "at least 1", the facilities."""
    homes = [service(1, FIRST, support_form="BEZ-SCH", target_groups="homeless"), service(2, FIRST)]
    facts = facts_of(homes, group="homeless", form="BEZ-SCH", indicator="places_per_1000", norm=None)
    texts = texts_of(lang)
    data = sheet_data(facts, build_caption(facts.table, texts), texts)
    assert facts.table.is_people_unknown
    first = figure_name(facts.answer[0], texts)
    assert [level["indicator"] for level in data["levels"]] == [first] * len(data["levels"])
    assert [first, data["answer"]] in data["services"]["pairs"]
    assert data["neighbours"]["what"] == first
    beside = {beside.figure.column for beside in facts.neighbours if beside.figure}
    assert beside == {facts.answer[0].column}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_own_residents_are_named_where_reach_and_gap_count_only_them(lang):
    texts = texts_of(lang)

    def data_of(**view):
        facts = facts_of([service(1, FIRST, support_form="DZI-DDS")], form="DZI-DDS", **view)
        return sheet_data(facts, build_caption(facts.table, texts), texts)

    said = texts.t("use.own_card")
    assert said in data_of(own=True)["triad"]["notes"]
    assert said not in data_of()["triad"]["notes"]


def replace_view(facts, **changes):
    """Give the same facts under a view that asks for more than the tiny world tells."""
    view = facts.view.with_changes(**changes)
    return area_facts(
        facts.world, view, facts.code, today=AS_OF, table_of=lambda asked: replace(facts.table, view=asked)
    )
