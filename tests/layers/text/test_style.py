"""Colours: readable, apart from each other, and in order even on a grey printer."""

from itertools import pairwise

import pytest

from geo.breaks import MOST_CLASSES
from layers.text import style


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1, 0 black to 1 white."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.1, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: what a grey print keeps of a colour."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("count", range(MOST_CLASSES + 1))
def test_as_many_colours_as_classes(count):
    colours = style.class_colours(count)
    assert len(set(colours)) == count
    assert style.ZERO_COLOUR not in colours


@pytest.mark.parametrize("count", range(1, MOST_CLASSES + 1))
def test_neighbouring_classes_stay_apart_in_grey_print(count):
    steps = [lightness(colour) for colour in (style.ZERO_COLOUR, *style.class_colours(count))]
    drops = [paler - darker for paler, darker in pairwise(steps)]
    assert min(drops) >= 8, drops


@pytest.mark.parametrize("count", [-1, 7])
def test_a_count_out_of_range_is_refused(count):
    with pytest.raises(ValueError, match=f"found {count}"):
        style.class_colours(count)


@pytest.mark.parametrize("text", [style.TEXT, style.TEXT_QUIET, style.ACCENT])
@pytest.mark.parametrize("ground", [style.PAPER, style.NO_DATA_GROUND])
def test_text_is_readable(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("mark", [*style.GROUP_MARKS.values(), style.OTHER_MARK], ids=lambda mark: mark.shape)
def test_a_mark_stands_out_from_its_rim_and_from_paper(mark):
    assert contrast(mark.colour, style.MARK_RIM) >= 4.5, "the number inside is text in the rim's colour"
    assert contrast(mark.colour, style.PAPER) >= 3


def test_marks_differ_by_shape_and_by_colour():
    marks = [*style.GROUP_MARKS.values(), style.OTHER_MARK]
    assert len({mark.shape for mark in marks}) == len({mark.marker for mark in marks}) == 4
    assert len({mark.colour for mark in marks}) == 4


def test_the_groups_on_screen_have_the_agreed_shapes():
    shapes = {group: mark.shape for group, mark in style.GROUP_MARKS.items()}
    assert shapes == {"older": "circle", "disabled": "square", "homeless": "triangle"}
    assert style.mark_of("caregivers") is style.OTHER_MARK


def test_lines_that_carry_meaning_stand_out():
    assert contrast(style.NO_DATA_LINE, style.NO_DATA_GROUND) >= 3
    assert contrast(style.CHOSEN_BORDER, style.CHOSEN_CASING) >= 3
    assert contrast(style.PLACE_COLOUR, style.PAPER) >= 3
    assert contrast(style.REGION_BORDER, style.ZERO_COLOUR) >= 3
