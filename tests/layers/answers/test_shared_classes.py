"""Classes of two tables together: the same value has the same class on both maps."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.errors import OptionError
from layers.answers.shared_classes import shared_classes, to_level_of_first, with_shared_classes
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.two_maps import legend_of, titles_of
from layers.words.caption import build_caption
from tests.support.tiny_world import service, tiny_registry

FIRST, SECOND, THIRD = "120001", "120002", "240001"


def table(*places, day=None, **view):
    """Return the tiny world with a home of so many places in each gmina of the complete register."""
    codes = zip((FIRST, SECOND), places, strict=False)
    homes = [service(i, code, capacity_places=count) for i, (code, count) in enumerate(codes) if count]
    built = build_area_table(tiny_registry(homes), View().with_changes(**view))
    return built if day is None else replace(built, as_of=day, oldest_as_of=day)


def test_one_value_has_one_class_on_both():
    # Limits of a planner: up to 40, up to 80, and more. 20 places for 200 older people are 100 per 1,000.
    now, later = table(20, 5, classes="r_40_80"), table(12, 0, classes="r_40_80")
    first, second = with_shared_classes(now, later)
    assert first.classes == second.classes == shared_classes(now, later)
    assert first.class_of.tolist()[:2] == [3, 2]
    assert second.class_of.tolist()[:2] == [2, 0]
    assert pd.isna(first.class_of[THIRD])
    assert first.classes.has_zero, "a zero of one table is in the legend of both"


def test_the_first_map_has_the_classes_of_its_own_page():
    # 25 % of the people, then nobody: fixed classes hold both, and those of the page stay.
    now, later = table(20, 5, indicator="coverage_share"), table(20, 0, indicator="coverage_share")
    assert shared_classes(now, later).lowers == now.classes.lowers == (0, 25, 50, 75, 100)
    # A value beyond those of the first map is in its last class, which has no end.
    rates, higher = table(20, 5, classes="r_40_80"), table(400, 0)
    assert with_shared_classes(rates, higher)[1].class_of[FIRST] == 3


def test_the_tables_themselves_stay_as_they_were():
    now, later = table(20, 5), table(10, 0)
    before = (now.classes, now.class_of.tolist())
    first, _ = with_shared_classes(now, later)
    assert (now.classes, now.class_of.tolist()) == before
    assert first.rows is now.rows


def test_classes_in_words_stay():
    known = table(20, 5, indicator="knowledge")
    assert shared_classes(known, known) == known.classes


def test_two_indicators_cannot_share_colours():
    with pytest.raises(OptionError, match="facilities_count"):
        shared_classes(table(20, 5), table(20, 5, indicator="facilities_count"))


@pytest.mark.usefixtures("every_form_is_near")
def test_one_legend_has_the_signs_of_both_and_names_both_dates():
    texts = texts_of("pl")
    now, later = table(20, 5, classes="r_40_80"), table(10, 0)
    later = replace(later, as_of=now.as_of.replace(year=2030), oldest_as_of=None)
    captions = (build_caption(now, texts), build_caption(later, texts))
    legend = legend_of(with_shared_classes(now, later), captions, ("Dziś", "Prognoza"), texts)
    assert len(legend.class_labels) == 3
    assert legend.zero_label == "0 – nie ma miejsc dla tej grupy"
    assert captions[0].zero_label is None
    assert legend.no_data_label == captions[0].no_data_legend
    assert legend.unit == captions[0].legend_unit
    assert legend.as_of == "Dziś: stan na 30 czerwca 2026; Prognoza: stan na 30 czerwca 2030"
    same = legend_of(with_shared_classes(now, now), (captions[0],) * 2, ("Plan A", "Plan B"), texts)
    assert same.as_of == "stan na 30 czerwca 2026"


def test_default_titles_tell_number_scope_and_date():
    texts = texts_of("pl")
    now, region = table(20, 5), table(20, 5, scope="12")
    captions = (build_caption(now, texts), build_caption(region, texts))
    titles = titles_of(now, region, captions, texts)
    assert titles == (
        "Mapa 1: Polska, stan na 30 czerwca 2026",
        "Mapa 2: województwo małopolskie, stan na 30 czerwca 2026",
    )
    legend = legend_of(with_shared_classes(now, region), captions, titles, texts)
    assert legend.as_of == "", "the titles say it already"


def test_the_level_of_the_first_map_is_called_so_in_the_title_too():
    """The second map of Podkarpackie said "do celu 4,33", a target that nobody had set."""
    first = table(20, 5, indicator="gap_share", level="powiat")
    second = table(20, 5, indicator="gap_share", level="powiat", norm=first.norm.places_per_1000)
    assert "do celu" in build_caption(second, texts_of("pl")).whole_title
    said = build_caption(to_level_of_first(second, first), texts_of("pl")).whole_title
    assert "do poziomu pierwszej mapy" in said
    assert "do celu" not in said
