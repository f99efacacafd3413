import concurrent.futures
import hashlib
import io
import re
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from shapely import Polygon, box
from streamlit.elements.lib.image_utils import MAXIMUM_CONTENT_WIDTH

from data.vocabulary.languages import LANGUAGES
from geo.breaks import Classes
from geo.crs import GEOGRAPHIC, METRIC
from layers.answers.measures.sources import SourceNote
from layers.export.choropleth import area_paths, class_names
from layers.export.layout import lay_out
from layers.export.legend import legend_rows
from layers.export.paper import Typeface, balanced_width, wrap
from layers.export.shown import for_page
from layers.export.snapshot import draw_snapshot
from layers.text import style, texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.golden.world import SIDE_M, SOUTH_M, WEST_M, world_areas, world_outlines, world_table
from tests.support.folders import GOLDEN

pytestmark = pytest.mark.usefixtures("every_form_is_near")

SVG = "{http://www.w3.org/2000/svg}"


def drawn(file_format="svg", lang="pl", areas=None, **changes):
    table = world_table(**changes)
    caption = build_caption(table, texts_of(lang))
    areas = world_areas() if areas is None else areas
    return draw_snapshot(table, areas, world_outlines(), caption, file_format=file_format)


def texts_in(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def names_in(svg):
    """Return the names we gave to parts; matplotlib numbers its own."""
    names = [element.get("id", "") for element in ET.fromstring(svg).iter(f"{SVG}g")]
    return [name for name in names if name and not re.fullmatch(r"[A-Za-z]+_\d+|patch_\d+", name)]


def png_of(**changes):
    return Image.open(io.BytesIO(drawn("png", **changes)))


def test_structure_and_words_are_those_of_the_golden_file():
    svg = drawn()
    found = "\n".join(["# parts, in the order of drawing", *names_in(svg), "", "# words", *texts_in(svg), ""])
    assert found == (GOLDEN / "snapshot_pl.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_required_stands_on_the_sheet(lang):
    caption = build_caption(world_table(), texts_of(lang))
    text = " ".join(texts_in(drawn(lang=lang)))
    needed = [
        caption.title,
        caption.legend_title,
        caption.legend_unit,
        caption.legend_date,
        *caption.class_labels,
        caption.zero_label,
        caption.no_data_legend,
        caption.points_label,
        caption.as_of,
        caption.boundaries,
        caption.snapshot,
        f"5 {caption.kilometres}",
        "The Unlicense",
        "CC BY 4.0",
        "Granice: PRG",
        "?scope=12",
    ]
    for part in needed:
        assert part.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "N" in texts_in(drawn(lang=lang))


@pytest.mark.parametrize("file_format", ["png", "svg"])
def test_same_input_gives_same_bytes_also_from_threads(file_format):
    once = hashlib.sha256(drawn(file_format)).hexdigest()
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        again = [
            hashlib.sha256(part.result()).hexdigest()
            for part in [pool.submit(drawn, file_format) for _ in "123"]
        ]
    assert again == [once] * 3


def test_pictures_do_not_touch_pyplot():
    drawn()
    assert "matplotlib.pyplot" not in sys.modules


def test_png_is_a4_at_300_dpi_and_says_what_it_is():
    image = png_of(is_invented=True)
    assert image.size == (2480, 3508)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    assert image.info["Title"].startswith("Dom pomocy społecznej – osoby starsze: w 1 gminie na 2")
    assert image.info["Snapshot"] == "0123456789ab"
    assert image.info["Copyright"] == "The Unlicense; CC BY 4.0"
    assert "Rejestr DPS" in image.info["Source"]
    assert image.info["Creation Time"] == "2026-06-30"
    assert "ZMYŚLONE" in image.info["Warning"]


def test_wide_area_gets_a_landscape_sheet():
    areas = world_areas()
    metric = areas.to_crs(METRIC)
    metric["geometry"] = metric.geometry.affine_transform([3, 0, 0, 1, -2 * WEST_M, 0])
    image = png_of(areas=metric.to_crs(GEOGRAPHIC))
    assert image.size == (3508, 2480)


def test_main_towns_are_named_as_text():
    towns = gpd.GeoDataFrame(
        {"name": ["Łąkowo", "Daleko"]},
        geometry=gpd.GeoSeries.from_xy([WEST_M + 5_000, 0], [SOUTH_M + 5_000, 0], crs=METRIC),
    )
    table = world_table()
    caption = build_caption(table, texts_of("pl"))
    svg = draw_snapshot(table, world_areas(), world_outlines(), caption, file_format="svg", towns=towns)
    assert names_in(svg).count("place-name") == 1
    assert "Łąkowo" in texts_in(svg)
    assert "Daleko" not in texts_in(svg)


def test_every_class_zero_and_no_data_look_different():
    colours = png_of().convert("RGB").getcolors(maxcolors=2**24)
    shown = {f"#{red:02x}{green:02x}{blue:02x}" for count, (red, green, blue) in colours if count > 1000}
    assert {style.ZERO_COLOUR, style.NO_DATA_GROUND, *style.class_colours(3)} <= shown


def test_no_data_is_hatched_and_zero_is_not():
    root = ET.fromstring(drawn())
    parts = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    hatched = ET.tostring(parts["map-no-data"], encoding="unicode")
    plain = ET.tostring(parts["map-zero"], encoding="unicode")
    assert "fill: url(#" in hatched
    assert "fill: url(#" not in plain
    assert style.ZERO_COLOUR in plain


def test_what_is_at_least_so_much_has_a_second_pattern_and_is_explained():
    # Of the north-east, 12 places per 1,000 are listed and the list is incomplete.
    root = ET.fromstring(drawn())
    parts = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    assert "fill: url(#" in ET.tostring(parts["map-least-class-3"], encoding="unicode")
    assert "co najmniej tyle: może być więcej" in " ".join(texts_in(drawn()))
    assert "map-least-class-1" not in parts


def test_counts_are_circles_and_no_colours():
    view = View(scope="12", indicator="facilities_count")
    table = world_table()
    rows = table.rows.assign(value=table.rows["facilities_count"].astype(float))
    counted = replace(
        table, rows=rows, view=view, classes=Classes((), has_zero=True), class_of=table.class_of.clip(upper=1)
    )
    svg = draw_snapshot(
        counted, world_areas(), world_outlines(), build_caption(counted, texts_of("pl")), file_format="svg"
    )
    assert {"symbols", "legend-sign-symbol-1", "legend-sign-symbol-2"} <= set(names_in(svg))
    assert "facilities" not in names_in(svg), "marks would hide the circles"
    assert "Wielkość koła mówi, ile" in " ".join(texts_in(svg))


def test_no_data_is_explained_only_where_there_is_some():
    table = world_table()
    known = replace(table, class_of=table.class_of.fillna(0))
    svg = draw_snapshot(
        known, world_areas(), world_outlines(), build_caption(known, texts_of("pl")), file_format="svg"
    )
    assert "map-no-data" in names_in(drawn())
    assert "map-no-data" not in names_in(svg)
    assert "brak danych" not in " ".join(texts_in(svg))


def test_facilities_without_a_place_are_not_drawn_and_one_place_is_drawn_once():
    root = ET.fromstring(drawn())
    marks = next(group for group in root.iter(f"{SVG}g") if group.get("id") == "facilities")
    assert len(list(marks.iter(f"{SVG}use"))) == 2


def test_sheet_without_facilities_has_no_mark_in_its_legend():
    svg = drawn(services=world_table().services.iloc[3:])
    assert "facilities" not in names_in(svg)
    assert "legend-sign-facilities" not in names_in(svg)


def test_invented_data_are_said_at_the_top_and_across_the_map():
    svg = drawn(is_invented=True)
    assert "UWAGA: DANE ZMYŚLONE. To przykład, a nie prawdziwe gminy ani placówki." in texts_in(svg)
    assert "DANE ZMYŚLONE" in texts_in(svg)
    assert not any("ZMYŚLONE" in text for text in texts_in(drawn()))


def test_hostile_names_stay_text():
    hostile = (
        "</text></svg><script>alert('1')</script>\x00\x1b $\\frac{1}{2}$ \u202e&amp; "
        '"x" style="font: \'DejaVu Sans\''
    )
    source = SourceNote(hostile, hostile, hostile, hostile, hostile, None, hostile)
    svg = drawn(sources=(source,), snapshot_id=hostile)
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter("script"))
    text = " ".join(texts_in(svg))
    assert "<script>alert('1')</script>" in text
    assert "$\\frac{1}{2}$" in text
    assert "&amp;" in text
    assert png_of(sources=(source,), snapshot_id=hostile).size == (2480, 3508)


def test_svg_can_be_read_aloud():
    root = ET.fromstring(drawn(lang="uk"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "uk"
    assert title.text.startswith("Будинок соціальної допомоги")
    assert "немає даних (це не нуль)" in description.text


def test_every_text_of_the_svg_is_at_least_8_points_and_has_fonts_to_fall_back_on():
    styles = [element.get("style") for element in ET.fromstring(drawn()).iter(f"{SVG}text")]
    sizes = [float(re.search(r"([\d.]+)px", style).group(1)) for style in styles]
    assert min(sizes) >= 8
    assert all("'DejaVu Sans', Verdana" in style and "sans-serif" in style for style in styles)


def test_words_stay_on_the_sheet_however_long():
    long = SourceNote("x", "Bardzo długa nazwa źródła " * 6, "Wydawca " * 8, "CC BY 4.0", "W" * 300, None, "")
    root = ET.fromstring(drawn(sources=(long,) * 12))
    width, height = (float(root.get(side).removesuffix("pt")) for side in ("width", "height"))
    elements = list(root.iter(f"{SVG}text"))
    assert any("start" in element.get("style") and "źródła" in element.text for element in elements)
    for element in elements:
        size = float(re.search(r"([\d.]+)px", element.get("style")).group(1))
        is_bold = "font-weight: 700" in element.get("style")
        end = float(element.get("x")) + Typeface(size, is_bold=is_bold).width_mm(element.text) / 25.4 * 72
        is_from_left = "start" in element.get("style")
        assert not is_from_left or end <= width
        assert 0 < float(element.get("y")) < height
    assert "Dalsze źródła wymienia tabela (XLSX)." in texts_in(drawn(sources=(long,) * 12))


@pytest.mark.parametrize("notes_count", [8, 11, 14, 17])
def test_words_stand_beside_the_map_and_never_on_it_however_many(notes_count):
    caption = build_caption(world_table(), texts_of("pl"))
    notes = tuple(f"Uwaga{number} " + "która mówi, czego nie wiemy, " * 7 for number in range(notes_count))
    caption = replace(caption, notes=notes)
    layout = lay_out(caption, [], style.mark_of("older"), width_m=150_000, height_m=150_000)
    if not layout.is_landscape:
        assert layout.map_box.top + layout.map_box.height < layout.legend_top
    for block, top in (
        (layout.sources, layout.sources_top),
        (layout.more_sources, layout.more_sources_top),
    ):
        assert top + block.height_mm < layout.footer_top
    words = " ".join(line for line, *_ in (*layout.sources.lines, *layout.more_sources.lines))
    missing = [number for number in range(notes_count) if f"Uwaga{number} " not in words]
    # What has no room beside a map that can be read is in the table, and the sheet says so.
    assert bool(missing) == (caption.more_notes in words)
    assert len(missing) <= max(0, notes_count - 11)


@pytest.mark.parametrize("notes_count", [0, 6, 10, 14, 24])
@pytest.mark.parametrize("title", ["Krótki tytuł", "Do mediany powiatów brakuje co najmniej 12 miejsc " * 8])
def test_a_map_has_two_fifths_of_its_sheet_however_many_words(title, notes_count):
    """Of care homes of Mazowieckie it had 14 percent, under the letters of the notes."""
    caption = build_caption(world_table(), texts_of("pl"))
    notes = tuple(f"Uwaga{number} " + "która mówi, czego nie wiemy, " * 7 for number in range(notes_count))
    caption = replace(caption, title=title, notes=notes)
    rows = legend_rows(caption, drawn={"no-data"}, borders={"voivodeship": 1.0}, marks={"facilities"})
    layout = lay_out(caption, rows, style.mark_of("older"), width_m=150_000, height_m=150_000)
    assert layout.map_box.height >= 0.4 * (210 if layout.is_landscape else 297)
    faces = [
        face for block in (layout.head, layout.sources, layout.legend.head) for _, face, _ in block.lines
    ]
    assert min(face.size_pt for face in faces) >= 8


def test_the_longest_notes_give_way_and_those_of_other_numbers_never():
    caption = build_caption(world_table(), texts_of("pl"))
    firm, main = "Scenariusz: liczby nie są z list. " * 12, "Normy ustawowej nie ma. " * 14
    long, short = ("Uwaga długa, która ma wiele słów. " * 9,) * 12, ("Uwaga krótka.",) * 4
    caption = replace(caption, notes=(firm, *long, main, *short), firm_notes=(firm,), main_notes=(main,))
    layout = lay_out(caption, [], style.mark_of("older"), width_m=150_000, height_m=150_000)
    words = " ".join(line for line, *_ in (*layout.sources.lines, *layout.more_sources.lines))
    assert words.count("Scenariusz") == 12
    assert words.count("Normy ustawowej") == 14
    assert words.count("Uwaga krótka.") == 4
    assert words.count("Uwaga długa") < 9 * 12
    assert "Dalsze uwagi zawiera tabela (XLSX)." in words


@pytest.mark.parametrize("notes_count", range(8, 24))
def test_the_heading_of_the_sources_stands_over_a_source_and_not_alone_at_the_end_of_a_column(notes_count):
    caption = build_caption(world_table(), texts_of("pl"))
    caption = replace(caption, notes=("Nie wiemy, ile jest miejsc w tej okolicy, " * 4,) * notes_count)
    layout = lay_out(caption, [], style.mark_of("older"), width_m=150_000, height_m=150_000)
    assert layout.sources.lines[-1][0] != caption.sources_title


@pytest.mark.parametrize(("shown", "said"), [(0, "Źródła wymienia tabela"), (1, "Dalsze źródła wymienia")])
def test_where_no_source_has_room_none_is_called_a_further_one(shown, said):
    assert build_caption(world_table(), texts_of("pl")).rest_of_sources(shown)[0].startswith(said)


def test_every_publisher_is_named_on_the_picture_however_many_sources():
    """A map of clubs named three lists of places and not the office whose register the clubs are from."""
    sources = tuple(
        SourceNote(
            f"x{number}",
            "Bardzo długa nazwa źródła " * 6,
            "Wydawca " * 8,
            "CC BY 4.0" if number % 2 else "informacja publiczna (licencji nie podano)",
            f"Autorzy{number}",
            None,
            "",
        )
        for number in range(24)
    )
    said = " ".join(texts_in(drawn(sources=sources)))
    assert "Dalsze źródła wymienia tabela (XLSX)." in said
    assert [number for number in range(24) if f"Autorzy{number}" not in said and number % 2] == []
    assert "Autorzy22" not in said
    assert "Wydawca" in said


def test_table_without_any_drawn_area_is_refused():
    with pytest.raises(ValueError, match="expected areas of the table's 4 codes, found none"):
        drawn(areas=world_areas().iloc[4:])


def test_other_formats_are_refused():
    with pytest.raises(ValueError, match="expected png or svg, found 'pdf'"):
        drawn("pdf")


def test_inputs_are_left_as_they_were():
    table, areas, outlines = world_table(), world_areas(), world_outlines()
    rows, drawn_areas = table.rows.copy(), areas.copy()
    draw_snapshot(table, areas, outlines, build_caption(table, texts_of("pl")), file_format="svg")
    pd.testing.assert_frame_equal(table.rows, rows)
    assert areas.equals(drawn_areas)


def test_areas_are_drawn_in_metres_with_their_holes():
    ring = Polygon(
        box(WEST_M, SOUTH_M, WEST_M + SIDE_M, SOUTH_M + SIDE_M).exterior,
        [box(WEST_M + 4000, SOUTH_M + 4000, WEST_M + 6000, SOUTH_M + 6000).exterior],
    )
    frame = gpd.GeoDataFrame({"area_code": ["12"]}, geometry=[ring], crs=METRIC)
    path = area_paths(frame)["12"]
    assert path.get_extents().width == pytest.approx(SIDE_M)
    shell, hole = path.to_polygons()
    assert np.sign(_turn(shell)) == -np.sign(_turn(hole))


def _turn(ring):
    x, y = np.asarray(ring).T
    return np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])


def test_names_of_classes():
    classes = pd.Series([pd.NA, 0, 3], dtype="Int64")
    assert list(class_names(classes)) == ["no-data", "zero", "class-3"]


def test_lines_break_at_spaces_but_not_after_short_words_and_numbers():
    face = Typeface(10)
    lines = wrap("W 182 gminach nie ma placówki i nikt nie ma do niej blisko", face, 30)
    assert len(lines) > 2
    assert not any(re.search(r"(?<!\S)(\w|\d+)$", line) for line in lines)
    assert all(face.width_mm(line) <= 30 for line in lines)


def test_word_longer_than_the_line_is_broken_and_nothing_is_lost():
    lines = wrap("a" * 200, Typeface(10), 40)
    assert "".join(lines) == "a" * 200
    assert all(Typeface(10).width_mm(line) <= 40 for line in lines)


def test_titles_are_broken_into_even_lines():
    face, title = (
        Typeface(17, is_bold=True),
        "Dom pomocy społecznej: w 150 gminach na 182 nie ma ani jednego miejsca",
    )
    wide, even = wrap(title, face, 188), wrap(title, face, balanced_width(title, face, 188))
    assert len(wide) == len(even) == 2
    assert len(even[1]) > len(wide[1])


def test_the_picture_of_a_page_is_small_enough_for_streamlit_to_leave_it_alone():
    picture = drawn("png")
    shown = for_page(picture)
    with Image.open(io.BytesIO(picture)) as printed, Image.open(io.BytesIO(shown)) as smaller:
        assert smaller.format == "PNG"
        assert smaller.width == MAXIMUM_CONTENT_WIDTH < printed.width
        assert smaller.height / smaller.width == pytest.approx(printed.height / printed.width, abs=0.001)
    assert for_page(shown) is shown
