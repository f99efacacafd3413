"""What grew and what fell between the days of a register, in sentences and in the table under them."""

import io
import re

import openpyxl
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import sheet_data
from layers.export.queue_sheet import queue_sheet
from layers.export.table_book import table_xlsx
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.queue_history import history_html
from layers.words.area_facts import area_facts
from layers.words.caption import build_caption
from layers.words.gauges_over_time import register_lines, register_name, registers_over_time
from tests.layers.answers.measures.test_queue_history import (
    JULY,
    JUNE,
    MAY,
    OLDER,
    SECOND,
    THREE_DAYS,
    registry_of,
    row,
)
from tests.support.tiny_world import AS_OF

PL = texts_of("pl")


def told(*rows, prefix="12"):
    (register,) = registers_over_time(registry_of(*rows), OLDER, prefix)
    return register


def said(*rows, lang="pl", prefix="12"):
    return [
        line.replace("\u00a0", " ") for line in register_lines(told(*rows, prefix=prefix), texts_of(lang))
    ]


def cells(*rows, **options):
    html = history_html(told(*rows).history, PL, **options)
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]


def test_sentences_say_what_grew_and_what_fell_between_which_days():
    assert said(*THREE_DAYS) == [
        (
            "Wolne miejsca dla tej grupy: 5 (31 maja 2026), 6 (31 lipca 2026) – o 1 więcej. "
            "W dniach pomiędzy: najmniej 1 (30 czerwca 2026)."
        ),
        (
            "Osoby na listach oczekujących na te miejsca: 8 (31 maja 2026), 6 (31 lipca 2026) – o 2 mniej. "
            "W dniach pomiędzy: najwięcej 13 (30 czerwca 2026)."
        ),
        "Wszystkie miejsca dla tej grupy, wolne i zajęte: 20 (31 maja 2026), 24 (31 lipca 2026) – o 4 więcej.",
    ]


def test_a_home_that_opened_is_told_beside_the_homes_of_both_days():
    """Małopolskie: 61 of 175 free places were of a home that had just opened; in the others they were fewer."""
    lines = said(row(MAY, 1, vacant=3), row(JULY, 1, vacant=2), row(JULY, 2, vacant=40))
    assert lines[0] == (
        "Wolne miejsca dla tej grupy: 3 (31 maja 2026), 42 (31 lipca 2026) – o 39 więcej. "
        "W placówkach, które są na obu listach: 3, 2 – o 1 mniej."
    )
    assert lines[-1].endswith("1 (31 maja 2026), 2 (31 lipca 2026); przybyło 1, ubyło 0.")
    assert "Kolejki ten rejestr nie podaje." in lines


def test_places_for_others_are_told_apart():
    others = (
        row(MAY, 5, vacant=10, waiting=0, need_groups=["disabled"]),
        row(JULY, 5, vacant=4, waiting=0, need_groups=["disabled"]),
    )
    lines = said(*THREE_DAYS, *others)
    assert lines[:3] == said(*THREE_DAYS)
    assert lines[3].startswith("Wolne miejsca we wszystkich profilach tej formy, także dla innych grup: 15 ")
    assert lines[3].endswith("o 5 mniej. W dniach pomiędzy: najmniej 1 (30 czerwca 2026).")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_of_some_homes_say_of_how_many(lang):
    rows = (row(MAY, 1, vacant=3), row(MAY, 2), row(JULY, 1, vacant=3), row(JULY, 2, vacant=9))
    line = said(*rows, lang=lang)[0]
    texts = texts_of(lang)
    assert line.endswith(texts.t("over_time.part", count=1))
    assert texts.t("over_time.same") in line


@pytest.mark.parametrize(
    ("lang", "missing"), [("pl", "czerwiec 2026"), ("en", "June 2026"), ("uk", "червень 2026")]
)
def test_months_of_a_later_file_say_what_they_do_not_tell_and_which_is_in_no_file(lang, missing):
    months = [one | {"is_month": one["day"] == MAY} for one in THREE_DAYS if one["day"] != JUNE]
    lines, texts = said(*months, lang=lang), texts_of(lang)
    assert texts.t("over_time.months", count=1) in lines
    (line,) = (line for line in lines if missing in line)
    assert line.startswith(texts.t("over_time.missing_months", months="").rstrip(". "))
    # Files of their own days leave no month out.
    assert not {line, texts.t("over_time.months", count=1)} & set(said(*THREE_DAYS, lang=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_single_day_is_no_change(lang):
    assert said(row(JULY, 1, vacant=3), lang=lang) == [
        texts_of(lang).t("over_time.one_day", day=JULY).replace("\u00a0", " ")
    ]


def test_the_table_has_every_day_and_says_what_nobody_states():
    rows = (row(MAY, 1, vacant=3), row(MAY, 2), row(JUNE, 1, waiting=2), row(JUNE, 2, waiting=0))
    assert cells(*rows) == [
        "Stan na dzień", "Wolne miejsca", "Osoby oczekujące", "Wszystkie miejsca", "Placówki na liście",
        "31 maja 2026", "co najmniej 3 (w całości podaje 1 z 2)", "brak danych", "20", "2",
        "30 czerwca 2026", "brak danych", "2", "20", "2",
    ]  # fmt: skip
    assert cells(*rows, is_narrow=True)[3:6] == [
        "31 maja 2026",
        "co najmniej 3 (w całości podaje 1 z 2)",
        "brak danych",
    ]


def test_bars_of_the_table_are_of_one_scale_and_no_screen_reader_reads_them():
    html = history_html(told(*THREE_DAYS).history, PL)
    lengths = [float(share) for share in re.findall(r"max\(([0-9.]+) \*", html)]
    # The longest is 13 people waiting in June.
    assert lengths == pytest.approx([number / 13 for number in (5, 8, 1, 13, 6, 6)], abs=1e-4)
    assert html.count('aria-hidden="true"') == len(lengths)
    assert html.count('scope="row"') == 3
    assert "<caption>" in html


def test_a_day_without_a_home_here_says_so():
    rows = (row(MAY, 1, vacant=1), row(JULY, 1, vacant=1), row(JULY, 2, SECOND, vacant=0))
    html = history_html(told(*rows, prefix=SECOND).history, PL)
    assert PL.t("over_time.none_listed") in html


def test_a_register_is_named_with_its_publisher():
    registry = registry_of(*THREE_DAYS)
    assert register_name(registry, "register", PL) == "Źródło register (Wydawca)"
    assert register_name(registry, "unknown", PL) == "lista spoza katalogu źródeł (oznaczenie: unknown)"


def test_the_card_and_its_print_tell_the_area():
    registry = registry_of(*THREE_DAYS)
    view = View(scope="12", level="powiat", indicator="gap_share", norm=20.0, distance_km=30)
    facts = area_facts(World(registry), view, "1200", today=AS_OF)
    (register,) = facts.over_time
    assert [stock.numbers["vacant_places"] for stock in register.history.stocks] == [5, 1, 6]
    lines = sheet_data(facts, build_caption(facts.table, PL), PL)["over_time"]["lines"]
    assert [line.partition(":")[0] for line in lines] == [
        "Wolne miejsca dla tej grupy",
        "Osoby na listach oczekujących na te miejsca",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_spreadsheet_has_a_row_for_each_area_and_day(lang):
    registry, texts = (
        registry_of(*THREE_DAYS, row(JULY, 1, vacant=1, need_groups=["disabled"])),
        texts_of(lang),
    )
    view = View(scope="12", level="powiat", indicator="gap_share", norm=20.0, lang=lang)
    table = build_area_table(registry, view)
    caption = build_caption(table, texts)
    made = table_xlsx(table, caption, queue=queue_sheet(registry, table, texts))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames[2] == texts.t("over_time.sheet")
    lines = [list(line) for line in book.worksheets[2].iter_rows(values_only=True)]
    lines = lines[
        lines.index(next(line for line in lines if line[1] == texts.t("over_time.area_code"))) + 1 :
    ]
    own = [line for line in lines if line[1] == "1200" and line[3] == texts.t("over_time.whose_group")]
    assert [(line[4].date(), *line[5:]) for line in own] == [
        (MAY, 2, 5, 2, 8, 2, 20, 2),
        (JUNE, 2, 1, 2, 13, 2, 20, 2),
        (JULY, 2, 6, 2, 6, 2, 24, 2),
    ]
    # In July a profile for others states no queue: of all profiles one home of two does in full.
    assert [line[8:10] for line in lines if line[1] == "12"][-1] == [6, 1]


def test_a_view_of_no_places_has_no_such_sheet():
    registry = registry_of(*THREE_DAYS)
    table = build_area_table(registry, View(scope="12", indicator="coverage_share"))
    assert queue_sheet(registry, table, PL) is None
    nothing = build_area_table(registry_of(), View(scope="12", indicator="gap_share", norm=20.0))
    assert queue_sheet(registry_of(), nothing, PL) is None
