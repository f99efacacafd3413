"""A town's middle stands for all of the town: no distance below half its extent is told from it."""

from dataclasses import replace
from datetime import date, datetime
from math import pi

import geopandas as gpd
import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from data.opening_hours import POLISH_TIME
from data.places.coarse_places import half_extent_m, is_coarse, is_town, town_extent_m
from data.places.place_search import Place
from data.vocabulary.languages import LANGUAGES
from geo.crs import GEOGRAPHIC
from layers.answers.measures.coarse_reach import least_distance_km
from layers.answers.measures.world import World
from layers.answers.nearby import Beyond, find_help
from layers.answers.table_building import build_area_table
from layers.export.marks import draw_marks, marked_places
from layers.maps.facility_points import facility_points
from layers.text import Texts, texts_of
from layers.text.style import mark_of
from layers.view.view import View
from layers.widgets.choices import least_words
from layers.widgets.planner_map import facility_marks
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import unconfirmed_line
from layers.words.caption import build_caption
from layers.words.nearby_words import found_words
from layers.words.place_words import hollow_words, mark_words
from layers.words.service_words import distance_words
from tests.support.listed import with_frames
from tests.support.tiny_world import middle_of, service, tiny_registry

FIRST, SECOND = "120001", "120002"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=POLISH_TIME)
RADIUS_M = 1000 * (100 / pi) ** 0.5
"""Of a circle as large as a square gmina of 10 km: 5.6 km."""


def with_town(registry, code=FIRST):
    areas = registry.areas.copy()
    areas.loc[areas["area_code"] == code, "kind"] = "urban"
    return replace(registry, areas=areas)


def test_a_point_of_a_town_may_be_anywhere_in_it():
    gminas = pd.DataFrame({"kind": ["urban", "rural"], "area_km2": [100.0, 100.0]}, index=[FIRST, SECOND])
    services = pd.DataFrame(
        {
            "place_grade": ["locality", "door", "locality", "gmina", "none"],
            "gmina_code": [FIRST, FIRST, SECOND, SECOND, None],
        }
    )
    assert half_extent_m(services, gminas).round().tolist() == [round(RADIUS_M), 0, 0, round(RADIUS_M), 0]
    assert is_coarse(services["place_grade"]).tolist() == [True, False, True, True, False]
    assert is_town(FIRST, gminas)
    assert not is_town(SECOND, gminas)
    assert not is_town("000000", gminas)


def coverage(registry, distance_km, **view):
    asked = View(scope="00", indicator="coverage_share", distance_km=distance_km, **view)
    return build_area_table(registry, asked)


class TestAnswersThatHangOnATown:
    """The first gmina is a town with one home, known only to be in the town; people live in the middles."""

    registry = with_town(tiny_registry([service(1, FIRST)]))

    def test_below_half_the_town_nothing_is_sure(self):
        table = coverage(self.registry, 2)
        assert table.bounds.loc[FIRST, "value"] == "unsure"
        assert table.hanging == 1
        assert any("jest niepewny" in note for note in build_caption(table, Texts("pl")).notes)

    def test_what_is_missing_says_what_its_least_and_most_suppose(self):
        asked = View(scope="00", indicator="gap_share", distance_km=2, norm=100.0)
        notes = build_caption(build_area_table(self.registry, asked), Texts("pl")).notes
        assert any("najwięcej, gdyby żadna z tych osób ich nie miała" in note for note in notes)
        assert not any(
            "najwięcej" in note for note in build_caption(coverage(self.registry, 2), Texts("pl")).notes
        )

    def test_of_a_distance_larger_than_the_town_only_a_neighbour_is_unsure(self):
        """The middles are 10 km apart: the home stands 4.4 to 15.6 km from the neighbour's people."""
        table = coverage(self.registry, 10)
        assert table.hanging == 1
        assert table.bounds.loc[[FIRST, SECOND], "value"].tolist() == ["", "unsure"]
        assert coverage(self.registry, 50).hanging == 0

    def test_a_neighbour_whom_it_may_be_near_is_not_told_to_have_none(self):
        table = coverage(self.registry, 5)
        assert pd.isna(table.rows.loc[SECOND, "value"])

    def test_who_has_another_home_for_certain_is_sure(self):
        registry = with_town(tiny_registry([service(1, FIRST), service(2, FIRST, place_grade="door")]))
        table = coverage(registry, 2)
        assert (table.bounds.loc[FIRST, "value"], table.hanging) == ("", 0)

    def test_a_village_is_small(self):
        table = coverage(tiny_registry([service(1, FIRST)]), 2)
        assert table.hanging == 0

    def test_access_is_unsure_too(self):
        assert self._table("access_per_1000", norm=5.0).bounds.loc[FIRST, "value"] == "unsure"

    def _table(self, indicator, *, norm):
        view = View(scope="00", indicator=indicator, distance_km=2, norm=norm)
        return build_area_table(with_town(tiny_registry([service(1, FIRST, capacity_places=10)])), view)

    def test_least_and_most_of_the_gap_hold_what_hangs_on_the_town(self):
        """
        At 100 per 1,000 the 200 people of the town need 20 places, and it has 10: wherever these stand, 10 are missing
        at least; if they were in nobody's reach, 20. Heading, row and gauge say the same.
        """
        table = self._table("gap_share", norm=100.0)
        row = table.rows.loc[FIRST]
        assert row[["least_missing_places", "missing_places", "most_missing_places"]].tolist() == [10, 10, 20]
        assert table.bounds.loc[FIRST, ["missing_places", "gap_share"]].tolist() == ["least", "least"]
        assert table.answer.reasons == ("list", "town")
        assert table.hanging == 1
        # Enough for 2,000 people, or out of everybody's reach: nobody knows whether any is missing.
        assert pd.isna(self._table("gap_share", norm=5.0).rows.loc[FIRST, "value"])


@pytest.mark.parametrize(
    ("view", "least"),
    [
        (View(chosen=FIRST), 10),
        (View(chosen=FIRST, detour_pct=150), 10),
        (View(chosen=SECOND), 0),
        (View(), 0),
        (View(chosen="12", level="voivodeship"), 0),
    ],
)
def test_distances_below_half_the_town_are_not_offered_for_it(view, least):
    assert (
        least_distance_km(with_town(tiny_registry([service(1, FIRST)])), view.question, chosen=view.chosen)
        == least
    )


def place(code, name, kind="wieś", *, east_m=0.0):
    return Place("l:1", name, kind, code, name, name, "małopolskie", None, middle_of(code, east_m=east_m))


class TestResident:
    """A person in the town, 4 km from its middle, where two homes are known only to be in the town."""

    def _found(self, distance_km=2, **changes):
        homes = [
            service(1, FIRST),
            service(2, FIRST, facility_name="Inny dom"),
            service(3, FIRST, geometry=middle_of(FIRST, east_m=4_500), place_grade="door"),
        ]
        registry = with_town(tiny_registry(homes))
        person = place(FIRST, "Osiedle", "część miasta", east_m=4_000)
        options = {"group": "older", "forms": (), "distance_km": distance_km, "now": NOW, **changes}
        return find_help(registry, person, **options)

    def test_a_home_of_the_own_town_is_never_left_out_by_a_distance(self):
        assert [row["same_place"] for row in self._found().near] == ["", "city", "city"]
        assert self._found().near[0]["facility_id"] == 3, "surely nearer than the edge of the town"

    def test_it_is_in_this_town_and_not_some_kilometres_away(self):
        home = self._found().near[1]
        assert distance_words(home, Texts("pl")) == "w tym mieście (dokładnego położenia nie znamy)"

    def test_the_heading_counts_kilometres_only_where_they_are_known(self):
        said = found_words(self._found(), "2 km", "środka miasta", Texts("pl"))
        assert said == "2 miejsca pomocy w tym mieście bez podanej odległości; 1 miejsce pomocy do 2 km"

    def test_in_a_village_the_word_is_of_a_village(self):
        registry = tiny_registry([service(1, FIRST, locality_name="Łąkowo")])
        person = place(FIRST, "Łąkowo")
        found = with_frames(find_help(registry, person, group="older", forms=(), distance_km=2, now=NOW))
        assert found.near["same_place"].tolist() == ["locality"]
        assert "w tej miejscowości" in distance_words(found.near.iloc[0].to_dict(), Texts("pl"))


def test_what_has_no_gmina_is_in_the_rows_of_its_voivodeship_and_told_beside_smaller_areas():
    lost = {"gmina_code": None, "powiat_code": None, "geometry": None, "place_grade": "none"}
    registry = tiny_registry([service(1, FIRST), service(2, FIRST) | lost])
    counts = {"gmina": (1, 1), "powiat": (1, 1), "voivodeship": (2, 0)}
    for level, (listed, unplaced) in counts.items():
        table = build_area_table(registry, View(scope="12", level=level, indicator="facilities_count"))
        assert (table.rows["facilities_count"].sum(), table.left_out.unplaced) == (listed, unplaced)
        said = any(
            "W tabeli i na mapie nie ma 1 placówki" in note
            for note in build_caption(table, Texts("pl")).notes
        )
        assert said == bool(unplaced)
    elsewhere = build_area_table(registry, View(scope="24", indicator="facilities_count"))
    assert elsewhere.left_out.unplaced == 0


def test_the_card_tells_evidence_that_a_complete_register_outweighs():
    """As in Rabka-Zdrój: the register has no home there, an election of 2019 was held in one."""
    station = {"origin": "polling_station", "is_counted": False, "set_aside_by": "register"}
    registry = tiny_registry(
        [
            service(1, FIRST),
            service(2, FIRST, **station, dated_on=date(2019, 5, 26)),
            service(3, SECOND, **station, dated_on=date(2019, 5, 26)),
        ]
    )
    world = World(registry)
    lines = [
        unconfirmed_line(area_facts(world, View(scope="12"), code, today=date(2026, 6, 30)), Texts("pl"))
        for code in (FIRST, SECOND)
    ]
    assert lines[0] == "", "the register has a home there: it is the same"
    assert lines[1].startswith("1 adres niepotwierdzony (adres lokalu wyborczego z 2019 r.), nie liczony")
    assert build_area_table(registry, View(scope="12")).left_out.unconfirmed == 1


def test_evidence_is_found_with_its_word_and_counted_nowhere():
    station = {"origin": "polling_station", "is_counted": False, "is_unconfirmed": True}
    registry = tiny_registry([service(1, FIRST), service(2, SECOND, **station)], claims=())
    found = find_help(registry, place(SECOND, "x"), group="older", forms=(), distance_km=2, now=NOW)
    assert [(row["is_unconfirmed"], row["checked"]) for row in found.near] == [(True, "unconfirmed")]
    assert found_words(found, "2 km", "środka miasta", Texts("pl")).endswith("(w tym 1 niepotwierdzone)")
    table = build_area_table(registry, View(scope="00"))
    assert table.left_out.unconfirmed == 1
    assert pd.isna(table.rows.loc[SECOND, "facilities_count"])
    notes = build_caption(table, Texts("pl")).notes
    assert any(note.startswith("Na całej mapie nie liczymy 1 adresu lokalu wyborczego") for note in notes)


MARKS = gpd.GeoDataFrame(
    {
        "facility_id": [1, 2, 3],
        "place_grade": ["locality", "locality", "door"],
        "mark_group": "older",
        "label": "Dom",
        "details": [[], [], []],
        "is_coarse": [True, True, False],
        "source_code": "register",
    },
    geometry=[middle_of(FIRST), middle_of(FIRST), middle_of(SECOND)],
    crs=GEOGRAPHIC,
)


def test_marks_of_a_map_are_hollow_and_hold_how_many_stand_there():
    drawn = [(len(entry["facilities"]), entry["hollow"]) for entry in facility_points(MARKS)]
    assert drawn == [(2, True), (1, False)]


def test_marks_in_print_are_the_same():
    places = marked_places(MARKS)
    assert sorted(zip(places["facilities"], places["is_hollow"], strict=True)) == [(1, False), (2, True)]
    with mpl.rc_context():
        axes = Figure().add_subplot()
        draw_marks(axes, MARKS, mark_of("older"), diameter_pt=6.5)
    assert [text.get_text() for text in axes.texts] == ["2"]
    assert {collection.get_gid() for collection in axes.collections} == {
        "facilities",
        "facilities-hollow-many",
    }


def test_no_places_are_as_places_are():
    none, some = marked_places(MARKS.iloc[:0]), marked_places(MARKS)
    # Of a column of objects, `none[none["is_new"]]` would choose columns and not rows.
    assert list(none[none["is_new"]]) == list(some) == ["x", "y", "facilities", "is_hollow", "is_new"]


@pytest.mark.parametrize(
    ("form", "distance_km", "least_km", "said"),
    [
        ("DZI-KLS", 15, 10, "odległości poniżej 10 km nie dają tu pewnego wyniku."),
        ("DZI-KLS", 5, 10, "Link podaje mniejszą"),
        ("DZI-KLS", 15, 0, ""),
        ("CAL-DPS", 30, 15, ""),
        ("CAL-DPS", 10, 15, "Link podaje mniejszą"),
    ],
)
def test_the_least_distance_is_told_only_where_a_smaller_one_is_offered(form, distance_km, least_km, said):
    """People come to a home from anywhere: 30 km is the least that is offered for it, so 15 km keeps none away."""
    view = View(form=form, distance_km=distance_km)
    words = least_words(view, texts_of("pl"), least_km=least_km)
    assert (said in words) if said else words == ""


def test_a_street_and_a_village_are_known_to_their_radius():
    gminas = pd.DataFrame({"kind": ["urban", "rural"], "area_km2": [100.0, 100.0]}, index=[FIRST, SECOND])
    services = pd.DataFrame(
        {
            "place_grade": ["street", "street", "door", "locality", "locality", "locality", "postal_code"],
            "gmina_code": [FIRST] * 4 + [SECOND] * 3,
            "place_radius_m": pd.array([630, None, 100, 900, 900, None, 900], dtype="Int64"),
        }
    )
    # The middle of a town stands for all of the town; nobody knows how large a post town is.
    assert half_extent_m(services, gminas).round().tolist() == [630, 0, 0, round(RADIUS_M), 900, 0, 0]
    # For the order of a list only towns have an edge.
    assert town_extent_m(services, gminas).round().tolist() == [0, 0, 0, round(RADIUS_M), 0, 0, 0]


@pytest.mark.parametrize(
    ("grade", "radius_m", "words"),
    [
        ("door", 100, "1,2 km w linii prostej"),
        ("street", None, "1,2 km w linii prostej"),
        (
            "street",
            100,
            "około 1,2 km w linii prostej (położenie przybliżone, z dokładnością do około 100 m)",
        ),
        (
            "street",
            610,
            "około 1,2 km w linii prostej (położenie przybliżone, z dokładnością do około 650 m)",
        ),
        (
            "street",
            1_830,
            "około 1,2 km w linii prostej (położenie przybliżone, z dokładnością do około 2,0 km)",
        ),
        (
            "locality",
            1_200,
            "około 1,2 km w linii prostej, do środka miejscowości (domy stoją do około 1,5 km od niego)",
        ),
        ("locality", 14_990, "około 1,2 km w linii prostej, do środka miejscowości"),
        ("locality", None, "około 1,2 km w linii prostej, do środka miejscowości"),
    ],
)
def test_a_distance_says_how_exactly_the_place_is_known(grade: str, radius_m: int | None, words: str) -> None:
    found = {"distance_m": 1_200.0, "place_grade": grade, "place_radius_m": radius_m, "same_place": ""}
    assert distance_words(found, texts_of("pl")) == words


def test_a_town_tells_what_it_has_beyond_the_distance_from_its_middle():
    """One home stands in the middle of the town, two at doors 4 km away, one of the next gmina farther still."""
    doors = [
        service(1, FIRST, place_grade="door"),
        service(2, FIRST, place_grade="door", geometry=middle_of(FIRST, east_m=4_000)),
        service(3, FIRST, place_grade="door", geometry=middle_of(FIRST, east_m=-4_000)),
        service(4, SECOND, place_grade="door", geometry=middle_of(FIRST, east_m=4_500)),
    ]
    asked = {"group": "older", "forms": (), "now": NOW}
    place = Place("g:" + FIRST, "Pierwsza", "gmina", FIRST, "Pierwsza", "", "", None, middle_of(FIRST))
    town, villages = with_town(tiny_registry(doors)), tiny_registry(doors)
    assert find_help(town, place, distance_km=2, **asked).beyond == Beyond(5, 2, 0, "city")
    assert find_help(town, place, distance_km=5, **asked).beyond is None
    # Who asks for a gmina may live anywhere in it; who asks for a village lives there.
    assert find_help(villages, place, distance_km=2, **asked).beyond == Beyond(5, 2, 0, "gmina")
    village = replace(place, key="l:1", kind="wieś")
    assert find_help(villages, village, distance_km=2, **asked).beyond is None


FAR = [
    service(2, FIRST, place_grade="door", geometry=middle_of(FIRST, east_m=4_000)),
    service(3, FIRST, place_grade="door", geometry=middle_of(FIRST, east_m=-4_000), is_counted=False)
    | {"is_unconfirmed": True},
    service(4, SECOND, place_grade="door", geometry=middle_of(FIRST, east_m=4_500)),
]
"""Two homes of the gmina 4 km from its middle, one of them only said to be there, and one of the next gmina."""


@pytest.mark.parametrize(
    ("kind", "middle", "is_of_town", "said"),
    [
        ("gmina", "gmina", False, "W tej gminie: 2 miejsca pomocy, dalej niż 2 km od środka gminy"),
        ("gmina", "town", True, "W tym mieście: 2 miejsca pomocy, dalej niż 2 km od środka miasta"),
        ("miasto", "town", True, "W tym mieście: 2 miejsca pomocy, dalej niż 2 km od środka miasta"),
        ("miasto", "town", False, "W tej gminie: 2 miejsca pomocy, dalej niż 2 km od środka miasta"),
        ("wieś", "locality", False, "W tej gminie: 2 miejsca pomocy, dalej niż 2 km od środka miejscowości"),
    ],
)
def test_nobody_is_told_of_nothing_whose_town_or_gmina_has_help(kind, middle, is_of_town, said):
    place = Place("x:1", "Pierwsza", kind, FIRST, "Pierwsza", "", "", None, middle_of(FIRST), middle)
    registry = with_town(tiny_registry(FAR)) if is_of_town else tiny_registry(FAR)
    found = find_help(registry, place, distance_km=2, group="older", forms=(), now=NOW)
    assert found.near == []
    texts = Texts("pl")
    words = found_words(found, "2 km", texts.t(f"resident.middle_{middle}"), texts).replace("\u00a0", " ")
    assert words == f"{said} (w tym 1 niepotwierdzone)"
    for lang in LANGUAGES:
        other = texts_of(lang)
        middle_words = other.t(f"resident.middle_{middle}")
        assert middle_words in found_words(found, "2 km", middle_words, other)


def test_where_the_own_gmina_has_nothing_nothing_is_said():
    place = Place("l:1", "Pierwsza", "wieś", FIRST, "Pierwsza", "", "", None, middle_of(FIRST))
    found = find_help(tiny_registry(FAR[2:]), place, distance_km=2, group="older", forms=(), now=NOW)
    assert found.beyond is None
    assert found.wider == (5, 1)
    assert found_words(found, "2 km", "x", Texts("pl")) == "Do 2 km nic nie znaleźliśmy"


def test_help_that_comes_to_the_gmina_is_not_nothing():
    bus = service(
        1, FIRST, support_form="BEZ-MPP", need_groups=["homeless"], geometry=None, place_grade="none"
    )
    place = Place("l:1", "Pierwsza", "wieś", FIRST, "Pierwsza", "", "", None, middle_of(FIRST))
    registry = tiny_registry([bus], service_areas=[(1, FIRST)])
    found = find_help(registry, place, distance_km=2, group="homeless", forms=(), now=NOW)
    said = found_words(found, "2 km", "x", Texts("pl"))
    assert said.startswith("Do 2 km nie znaleźliśmy miejsca pomocy, ale jest pomoc, która przyjeżdża")


def test_paper_says_of_a_hollow_mark_how_many_there_are_and_how_far_off():
    places = [
        service(1, FIRST, place_grade="door", place_radius_m=100),
        service(2, FIRST, place_grade="street", place_radius_m=610),
        service(3, SECOND, place_grade="locality", place_radius_m=1_210),
        service(4, SECOND, place_grade="locality", place_radius_m=None),
    ]
    words = hollow_words(tiny_registry(places).services, Texts("pl"))
    assert words == (
        "pusty znak: położenie znamy tylko do miejscowości lub gminy (liczba placówek: 2; do ulicy: 1, do adresu: 1); "
        "znana niedokładność: do około 1,5 km od znaku; bez znanej niedokładności: 1"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("grade", "radius_m", "key", "radius"),
    [
        ("gmina", None, "place_gmina", None),
        ("locality", None, "place", None),
        ("locality", 3_900, "place_radius", "4,0 km"),
        # The addresses of a town tell nobody how far to go.
        ("locality", 14_990, "place", None),
        ("street", 610, "near", "650 m"),
    ],
)
def test_a_mark_says_by_its_grade_where_it_stands(grade, radius_m, key, radius, lang):
    texts = texts_of(lang)
    table = build_area_table(
        tiny_registry([service(1, FIRST, place_grade=grade, place_radius_m=radius_m)]), View(scope="12")
    )
    (details,) = facility_marks(table, texts)["details"]
    beginning = texts.t(f"coarse.{key}", radius="{radius}").split("{radius}")[0]
    (said,) = [line for line in details if line.startswith(beginning)]
    assert radius is None or radius.split()[0].replace(",", "." if lang == "en" else ",") in said


def test_a_mark_at_a_door_says_nothing_of_where_it_stands():
    home = service(1, FIRST, place_grade="door", place_radius_m=100)
    assert mark_words(home, texts_of("pl")) == mark_words({"place_grade": "none"}, texts_of("pl")) == ""


def test_paper_tells_no_distance_that_nobody_knows():
    places = [service(1, FIRST, place_grade="locality", place_radius_m=None)]
    words = hollow_words(tiny_registry(places).services, Texts("en"))
    assert words.endswith("(facilities: 1; to the street: 0, to the address: 0)")
