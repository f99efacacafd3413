"""Scenarios: checked when made, the same after a link, a file or a table, applied and priced by hand."""

import base64
import json
import math
import zlib
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from data.scenarios import (
    KINDS,
    MOST_CHANGES,
    ROW_COLUMNS,
    Change,
    Scenario,
    ScenarioError,
    UnitCosts,
    apply_scenario,
    facility_handles,
    from_json,
    from_rows,
    from_text,
    scenario_costs,
    to_json,
    to_rows,
    to_text,
)
from data.scenarios.changed_services import share_whole
from data.scenarios.text import LARGEST_JSON, LONGEST_LINK
from data.store.plain_text import cell_text, plain_text
from data.vocabulary import forms_for_group, has_door, screen_groups, support_forms
from geo.errors import FrameError
from tests.support.tiny_world import middle_of, service, tiny_registry

HOME = "register:00000000000000aa"
HOME_OF_TWO = "register:00000000000000bb"
UNKNOWN_HOME = "register:00000000000000cc"
GONE = "register:00000000000000dd"
PROTECTED = "register:@17"

OPEN = Change(
    kind="open",
    support_form="DZI-KLS",
    gmina_code="120002",
    locality_key="2",
    places=30,
    build_cost_zl=500_000,
)
CLOSE = Change(kind="close", facility=HOME)
ENLARGE = Change(kind="enlarge", facility=HOME_OF_TWO, places=50)
MOVE = Change(kind="move", facility=HOME_OF_TWO, gmina_code="240001", longitude=20.153, latitude=50.06203)
ADMIT = {"kind": "admit", "support_form": "DZI-KLS", "gmina_code": "120001", "area_codes": ("120002",)}
START = Change(kind="start_area_service", support_form="DOM-UO", area_codes=("1200", "240001"))


def scenario(*changes, title="Dom bliżej ludzi", form="CAL-DPS", group="older"):
    return Scenario(title, form, group, tuple(changes))


def world(*more):
    """Pierwsza has a home of 40 places and one of two profiles (20 + 10); Druga one whose places nobody knows."""
    registry = tiny_registry(
        [
            service(1, "120001", capacity_places=40, vacant_places=3),
            service(2, "120001", capacity_places=20),
            service(3, "120001", capacity_places=10, facility_id=2, need_groups=["disabled"]),
            service(4, "120002"),
            *more,
        ],
        service_areas=[(5, "120001")] if more else [],
    )
    handles = [HOME, HOME_OF_TWO, HOME_OF_TWO, UNKNOWN_HOME, *["register:@17"] * len(more)]
    return registry, registry.services.assign(facility_handle=handles)


def applied(one, *more):
    registry, services = world(*more)
    return apply_scenario(
        one,
        services,
        registry.service_areas,
        registry.localities,
        area_codes=set(registry.areas["area_code"]),
        gminas=registry.areas_of_level("gmina"),
    )


# What is no change and no scenario.


@pytest.mark.parametrize(
    ("cells", "field", "expected"),
    [
        ({"kind": "explode"}, "kind", "open, close, enlarge, move, start_area_service"),
        ({"kind": ["open"]}, "kind", "one of"),
        (ADMIT | {"support_form": "CAL-DPS"}, "support_form", "a council says who may come"),
        (ADMIT | {"places": 5}, "places", "no such field"),
        (ADMIT | {"area_codes": ()}, "area_codes", "must have"),
        (ADMIT | {"locality_key": "1"}, "locality_key", "no such field"),
        ({"kind": "close"}, "facility", "must have"),
        ({"kind": "close", "facility": "ul. Ukryta 5"}, "facility", "handle"),
        ({"kind": "close", "facility": "-1+" + HOME}, "facility", "handle"),
        (vars(OPEN) | {"locality_key": "-1"}, "locality_key", "key of a locality"),
        ({"kind": "close", "facility": HOME, "places": 3}, "places", "no such field"),
        ({"kind": "enlarge", "facility": HOME}, "places", "must have"),
        ({"kind": "enlarge", "facility": HOME, "places": 0}, "places", "from 1 to 20000"),
        ({"kind": "enlarge", "facility": HOME, "places": True}, "places", "whole number"),
        ({"kind": "enlarge", "facility": HOME, "places": 2.5}, "places", "whole number"),
        ({"kind": "move", "facility": HOME, "gmina_code": "120001"}, "locality_key", "either the key"),
        (
            {"kind": "move", "facility": HOME, "gmina_code": "120001", "longitude": 20.0},
            "locality_key",
            "either the key",
        ),
        (
            vars(MOVE) | {"locality_key": "1"},
            "locality_key",
            "either the key",
        ),
        (vars(MOVE) | {"longitude": 51.0}, "longitude", "14.0 to 24.3"),
        (vars(MOVE) | {"longitude": math.nan}, "longitude", "degrees"),
        (vars(MOVE) | {"longitude": True}, "longitude", "degrees"),
        (vars(MOVE) | {"latitude": 50.1234567}, "latitude", "5 decimals"),
        (vars(MOVE) | {"gmina_code": "990001"}, "gmina_code", "16 voivodeships"),
        (vars(MOVE) | {"gmina_code": "1200011"}, "gmina_code", "6 digits"),
        (vars(OPEN) | {"support_form": "DOM-UO"}, "support_form", "with a door"),
        (vars(OPEN) | {"support_form": "DPS"}, "support_form", "code of a form"),
        (vars(OPEN) | {"build_cost_zl": -1}, "build_cost_zl", "from 0"),
        (vars(START) | {"support_form": "DZI-KLS"}, "support_form", "without a door"),
        (vars(START) | {"area_codes": ("12", "12")}, "area_codes", "each once"),
        (vars(START) | {"area_codes": ("00",)}, "area_codes", "2, 4 or 6 digits"),
        (vars(START) | {"area_codes": "12"}, "area_codes", "list"),
    ],
)
def test_what_is_no_change_is_refused_by_field(cells, field, expected):
    with pytest.raises(ScenarioError, match=expected) as caught:
        Change(**cells)
    assert caught.value.facts["field"] == field
    assert str(caught.value).startswith(f"{field}: expected")


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 81}, "title"),
        ({"title": "dwa\nwiersze"}, "title"),
        ({"title": "a\u202eb"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": "\xa0"}, "title"),
        ({"title": 5}, "title"),
        ({"need_group": "everyone"}, "need_group"),
        ({"need_group": []}, "need_group"),
        ({"support_form": "BEZ-NOC"}, "support_form"),
        ({"support_form": "INS-OPS"}, "support_form"),
        ({"changes": (OPEN,) * (MOST_CHANGES + 1)}, "changes"),
        ({"changes": (replace(START, area_codes=tuple(f"12{n:04d}" for n in range(301))),)}, "area_codes"),
    ],
)
def test_what_is_no_scenario_is_refused_by_field(parts, field):
    with pytest.raises(ScenarioError) as caught:
        replace(scenario(OPEN), **parts)
    assert caught.value.facts["field"] == field


CLOSE_DPS = Change(kind="close", facility=HOME, support_form="CAL-DPS")
ENLARGE_HOME = Change(kind="enlarge", facility=HOME, places=50)
MOVE_HOME = replace(MOVE, facility=HOME)


@pytest.mark.parametrize(
    "pair",
    [
        *((CLOSE, CLOSE), (CLOSE, CLOSE_DPS), (CLOSE, ENLARGE_HOME), (CLOSE, MOVE_HOME)),
        *((CLOSE_DPS, ENLARGE_HOME), (ENLARGE_HOME, replace(ENLARGE_HOME, places=3)), (MOVE_HOME, MOVE_HOME)),
    ],
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_facility_is_closed_or_changed_in_one_way(pair, is_turned):
    with pytest.raises(ScenarioError, match=r"change 3: .* in change 2 too") as caught:
        scenario(OPEN, *(pair[::-1] if is_turned else pair))
    assert caught.value.facts["change"] == 3


def test_changes_of_one_facility_that_go_together_are_taken():
    close_other = Change(kind="close", facility=HOME, support_form="DZI-KLS")
    assert len(scenario(ENLARGE_HOME, MOVE_HOME, close_other).changes) == 3


# Text, JSON and rows.


def test_json_is_what_people_read():
    told = json.loads(to_json(scenario(OPEN, START)))
    assert told == {
        "format": "support-map-scenario",
        "version": 1,
        "title": "Dom bliżej ludzi",
        "support_form": "CAL-DPS",
        "need_group": "older",
        "changes": [
            {
                "kind": "open",
                "support_form": "DZI-KLS",
                "gmina_code": "120002",
                "locality_key": "2",
                "places": 30,
                "build_cost_zl": 500_000,
            },
            {"kind": "start_area_service", "support_form": "DOM-UO", "area_codes": ["1200", "240001"]},
        ],
    }
    assert "bliżej" in to_json(scenario(OPEN))


def handles():
    digits = st.text("0123456789abcdef", min_size=16, max_size=16)
    numbers = st.integers(1, 10**9).map(lambda number: f"@{number}")
    return st.builds(
        "{}:{}".format, st.sampled_from(["malopolskie-dps", "compiled-other"]), st.one_of(digits, numbers)
    )


def doors(*, is_with_door):
    return st.sampled_from([code for code in support_forms() if has_door(code) is is_with_door])


COSTS = st.none() | st.integers(0, 10**11)
GMINAS = st.from_regex(r"(02|12|32)[0-9]{4}", fullmatch=True)


@st.composite
def places_of_change(draw):
    if draw(st.booleans()):
        key = draw(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z_-]{0,8}", fullmatch=True))
        return {"gmina_code": draw(GMINAS), "locality_key": key}
    return {
        "gmina_code": draw(GMINAS),
        "longitude": round(draw(st.floats(14.1, 24.2)), 5),
        "latitude": round(draw(st.floats(49, 54.9)), 5),
    }


@st.composite
def changes(draw):
    kind = draw(st.sampled_from(list(KINDS)))
    cells = {"kind": kind}
    if kind in {"close", "enlarge", "move"}:
        cells["facility"] = draw(handles())
    if kind in {"open", "move"}:
        cells |= draw(places_of_change())
    if kind in {"open", "start_area_service"}:
        cells["support_form"] = draw(doors(is_with_door=kind == "open"))
        cells["places"] = draw(st.none() | st.integers(1, 20_000))
        cells["run_cost_zl_year"] = draw(COSTS)
    if kind == "enlarge":
        cells["places"] = draw(st.integers(1, 20_000))
    if kind == "admit":
        cells["support_form"] = draw(st.sampled_from(["DZI-KLS", "DZI-DDP"]))
        cells["gmina_code"] = draw(GMINAS.filter(lambda code: len(code) == 6))
    if kind in {"start_area_service", "admit"}:
        cells["area_codes"] = tuple(draw(st.lists(GMINAS, min_size=1, max_size=4, unique=True)))
    if kind not in {"close", "admit"}:
        cells["build_cost_zl"] = draw(COSTS)
    return Change(**cells)


@st.composite
def scenarios(draw):
    group = draw(st.sampled_from(screen_groups()))
    title = draw(st.text(min_size=1, max_size=80).map(lambda text: plain_text(text).strip()).filter(bool))
    return Scenario(
        title,
        draw(st.sampled_from(forms_for_group(group))),
        group,
        tuple(draw(st.lists(changes(), max_size=5, unique_by=lambda one: one.facility or id(one)))),
    )


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_a_scenario_survives_link_file_and_table(one):
    packed = to_text(one)
    assert packed.replace(".", "", 1).replace("-", "").replace("_", "").isalnum()
    assert packed.isascii()
    assert from_text(packed) == one
    assert from_json(to_json(one)) == one
    rows = to_rows(one)
    again = from_rows(rows, title=one.title, support_form=one.support_form, need_group=one.need_group)
    assert again == one
    for row in rows:
        assert tuple(row) == ROW_COLUMNS
        assert all(cell_text(cell) == cell for cell in row.values() if isinstance(cell, str))


@settings(max_examples=30, deadline=None)
@given(scenarios())
def test_a_scenario_survives_a_frame_and_csv(one):
    frame = pd.DataFrame(to_rows(one), columns=list(ROW_COLUMNS))
    options = {"title": one.title, "support_form": one.support_form, "need_group": one.need_group}
    assert from_rows(frame.to_dict("records"), **options) == one
    texts = frame.astype(object).where(frame.notna(), "").astype(str)
    assert from_rows(texts.to_dict("records"), **options) == one


def test_the_largest_scenario_fits_into_a_file_and_sixty_changes_into_a_link():
    random = np.random.default_rng(4)
    closed = [
        Change(kind="close", facility=f"malopolskie-senior-plus:{random.bytes(8).hex()}")
        for _ in range(MOST_CHANGES)
    ]
    everything = scenario(*closed)
    assert from_text(to_text(everything)) == everything
    areas = tuple(f"12{number:04d}" for number in random.permutation(10_000)[:300])
    far = [
        Change(
            kind="open",
            support_form="DZI-KLS",
            gmina_code=areas[number],
            longitude=round(random.uniform(15, 24), 5),
            latitude=round(random.uniform(50, 54), 5),
            places=int(random.integers(1, 20_000)),
            build_cost_zl=int(random.integers(0, 10**11)),
            run_cost_zl_year=int(random.integers(0, 10**11)),
        )
        for number in range(MOST_CHANGES - 1)
    ]
    large = scenario(*far, replace(START, area_codes=areas), title="ż" * 80)
    assert len(to_json(large).encode()) < LARGEST_JSON
    assert from_json(to_json(large)) == large


def packed(told):
    plain = told if isinstance(told, bytes) else json.dumps(told).encode()
    return "1." + base64.urlsafe_b64encode(zlib.compress(plain)).decode().rstrip("=")


TOLD = json.loads(to_json(scenario(OPEN, CLOSE)))
TWO = TOLD["changes"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.",
        "2." + to_text(scenario(OPEN))[2:],
        to_text(scenario(OPEN))[:-5],
        to_text(scenario(OPEN)) + "AAAA",
        to_text(scenario(OPEN))[:20] + "%" + to_text(scenario(OPEN))[20:],
        to_text(scenario(OPEN))[:20] + "ż",
        "1." + "A" * LONGEST_LINK,
        "1.AAAA",
        packed(b"\xff\xfe"),
        packed(b"[" * 60_000),
        packed(b"9" * 5000),
        packed(b'{"format": NaN}'),
        packed([]),
        packed(None),
        packed({}),
        packed(TOLD | {"format": "other"}),
        packed(TOLD | {"version": 2}),
        packed(TOLD | {"version": True}),
        packed(TOLD | {"more": 1}),
        packed({name: value for name, value in TOLD.items() if name != "title"}),
        packed(TOLD | {"changes": {}}),
        packed(TOLD | {"changes": [[]]}),
        packed(TOLD | {"title": None}),
        packed(TOLD | {"title": "\ud800"}),
        packed(TOLD | {"need_group": ["older"]}),
        packed(TOLD | {"support_form": {}}),
        packed(json.dumps(TOLD).replace('"title"', '"title": "x", "title"').encode()),
    ],
)
def test_a_link_that_is_no_scenario_says_so(text):
    with pytest.raises(ScenarioError, match=r"expected .*, found .*\. [A-Z].*\."):
        from_text(text)


def test_a_swelling_text_is_not_unpacked():
    bomb = packed(b" " * 4_000_000)
    assert len(bomb) < LONGEST_LINK
    with pytest.raises(ScenarioError, match=f"at most {LARGEST_JSON} bytes"):
        from_text(bomb)
    with pytest.raises(ScenarioError, match="bytes of JSON"):
        from_json(" " * (LARGEST_JSON + 1))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "close"},
        {"kind": "close", "facility": HOME, "colour": "red"},
        {"facility": HOME},
        TWO[0] | {"places": "30"},
        TWO[0] | {"places": 1e99},
        TWO[0] | {"area_codes": [["12"]]},
        TWO[0] | {"support_form": ["DZI-KLS"]},
        TWO[0] | {"locality_key": "=1+1"},
    ],
)
def test_a_wrong_change_is_told_by_its_number(change):
    told = TOLD | {"changes": [TWO[0], change]}
    for read, text in ((from_text, packed(told)), (from_json, json.dumps(told))):
        with pytest.raises(ScenarioError, match="change 2: ") as caught:
            read(text)
        assert caught.value.facts["change"] == 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 10**6))
def test_no_bytes_raise_anything_else(noise, position):
    good = to_text(scenario(OPEN, CLOSE))
    place = position % len(good)
    for text in (
        packed(noise),
        "1." + noise.decode("latin-1"),
        good[:place] + chr(33 + position % 90) + good[place + 1 :],
    ):
        try:
            from_text(text)
        except ScenarioError as error:
            assert error.facts["field"]  # noqa: PT017 - any other error fails the test by itself


def test_rows_of_an_editor_are_read_as_they_come():
    rows = [
        {"kind": None, "facility": math.nan, "places": pd.NA},
        {"kind": " open ", "support_form": "DZI-KLS", "gmina_code": "120002", "locality_key": "2",
         "places": 30.0, "build_cost_zl": "500000", "longitude": math.nan},
        {"kind": "start_area_service", "support_form": "DOM-UO", "area_codes": "1200; 240001;", "places": ""},
        {"kind": "move", "facility": HOME_OF_TWO, "gmina_code": "240001", "longitude": np.float64(20.153001),
         "latitude": "50.06203"},
        {"kind": "enlarge", "facility": HOME, "places": np.int64(50)},
    ]  # fmt: skip
    read = from_rows(rows, title="  Dom\tbliżej  ludzi ", support_form="CAL-DPS", need_group="older")
    assert read == scenario(OPEN, START, MOVE, ENLARGE_HOME)


@pytest.mark.parametrize("places", ["=2+3", "wiele", 2.5, True, np.True_, math.inf, "1e999"])
def test_a_wrong_row_is_told_by_its_number_with_empty_ones_counted(places):
    rows = [{"kind": ""}, {"kind": "close", "facility": GONE}, vars(ENLARGE_HOME) | {"places": places}]
    with pytest.raises(ScenarioError, match="row 3: places: expected a whole number") as caught:
        from_rows(rows, title="x", support_form="CAL-DPS", need_group="older")
    assert caught.value.facts["change"] == 3


def test_too_many_rows_are_refused():
    with pytest.raises(ScenarioError, match="at most 60"):
        from_rows([vars(OPEN)] * 61, title="x", support_form="CAL-DPS", need_group="older")


# Handles.


def test_handles_outlive_a_reload_and_never_tell_a_protected_key():
    records = pd.DataFrame(
        {
            "facility_id": [1, 1, 2, 3, 4],
            "source_code": ["a-b", "a-b", "a-b", "c", "c"],
            "record_key": ["dom|ul prosta 1", "dom|ul prosta 1", "dom|ul cicha 2", "dom|ul cicha 2", "inny"],
            "visibility": ["public", "public", "public", "gmina_centroid", "gmina_centroid"],
        }
    )
    found = facility_handles(records, {("a-b", "dom|ul cicha 2"): "@7", ("c", "inny"): "@9"})
    # SHA-256 of "dom|ul prosta 1", as `sha256sum` gives it.
    public = "a-b:ad3382eaf0ff10b5"
    assert found.to_list() == [public, public, "a-b:@7", None, "c:@9"]
    reloaded = facility_handles(records.assign(facility_id=[11, 11, 12, 13, 14]), {("c", "inny"): "@9"})
    assert reloaded.iloc[0] == public
    for handle in found.dropna():
        assert Change(kind="close", facility=handle).facility == handle


# Applying.


def test_closing_takes_every_service_of_a_facility_and_its_areas():
    travelling = service(
        5,
        "120001",
        support_form="DOM-UO",
        geometry=None,
        facility_id=5,
        capacity_places=100,
        place_grade="none",
    )
    before, areas, problems, *_ = applied(scenario(), travelling)
    assert before["service_id"].to_list() == [1, 2, 3, 4, 5]
    assert len(areas) == 1
    closed = applied(
        scenario(
            Change(kind="close", facility=PROTECTED),
            Change(kind="close", facility=HOME_OF_TWO),
            Change(kind="close", facility=GONE),
            Change(kind="close", facility=HOME, support_form="DZI-KLS"),
        ),
        travelling,
    )
    assert closed.services["service_id"].to_list() == [1, 4]
    assert closed.service_areas.empty
    assert problems.empty
    assert closed.problems.to_numpy().tolist() == [
        [3, "close", "facility_gone", GONE],
        [4, "close", "form_gone", "DZI-KLS"],
    ]


def test_enlarging_shares_new_places_among_profiles_by_largest_remainders():
    """20 + 10 places become 50: 33 1/3 and 16 2/3, so 33 and 17. Vacancies of before are not known after."""
    result = applied(
        scenario(ENLARGE, ENLARGE_HOME, Change(kind="enlarge", facility=UNKNOWN_HOME, places=12))
    )
    assert result.services["capacity_places"].to_list() == [50, 33, 17, 12]
    assert result.services["vacant_places"].isna().all()
    assert result.problems.empty


def test_places_of_profiles_that_nobody_knows_are_not_shared_out():
    registry, services = world()
    services.loc[services["service_id"] == 3, "capacity_places"] = pd.NA
    result = apply_scenario(scenario(ENLARGE), services, registry.service_areas, registry.localities)
    assert result.problems.to_numpy().tolist() == [[1, "enlarge", "places_unknown", HOME_OF_TWO]]
    assert result.services["capacity_places"].to_list()[:2] == [40, 20]


@settings(deadline=None)
@given(st.integers(1, 500), st.lists(st.integers(0, 90), min_size=1, max_size=6).filter(any))
def test_shares_are_whole_exact_and_next_to_the_true_ones(total, weights):
    shares = share_whole(total, weights)
    assert sum(shares) == total
    assert all(
        abs(share - total * weight / sum(weights)) < 1 for share, weight in zip(shares, weights, strict=True)
    )


def test_moving_gives_a_new_gmina_and_point_and_no_address():
    to_village = replace(MOVE, longitude=None, latitude=None, gmina_code="120002", locality_key="2")
    for change, gmina, village in ((MOVE, "240001", None), (to_village, "120002", "Wieś Druga")):
        moved = applied(scenario(change)).services.set_index("service_id").loc[[2, 3]]
        assert moved["gmina_code"].to_list() == [gmina] * 2
        assert moved["voivodeship_code"].to_list() == [gmina[:2]] * 2
        assert moved["street_address"].isna().all()
        assert moved["facility_name"].to_list() == ["Placówka 2", "Placówka 3"]
        assert [None if pd.isna(name) else name for name in moved["locality_name"]] == [village] * 2
    registry, _ = world()
    assert moved.geometry.iloc[0].equals(registry.localities.geometry.iloc[1])


def test_opening_adds_a_counted_service_with_the_places_that_are_stated():
    home = replace(OPEN, support_form="CAL-DPS", places=None, gmina_code="240001", locality_key="3")
    registry, services = world()
    result = applied(scenario(OPEN, home))
    new = result.services.set_index("service_id").loc[[-1, -2]]
    assert new["support_form"].to_list() == ["DZI-KLS", "CAL-DPS"]
    assert new["capacity_places"].iloc[0] == 30
    assert pd.isna(new["capacity_places"].iloc[1])
    assert new["is_counted"].all()
    assert set(new["source_code"]) == {"scenario"}
    assert new["gmina_code"].to_list() == ["120002", "240001"]
    assert new["gmina_name"].to_list() == ["Druga", "Trzecia"]
    assert new["phones"].to_list() == [[], []]
    # A club is for the groups of its form; a care home for the group of the scenario, as a profile would say.
    assert new["need_groups"].to_list() == [list(support_forms()["DZI-KLS"].need_groups), ["older"]]
    assert new.geometry.iloc[0].equals(registry.localities.geometry.iloc[1])
    assert result.services.dtypes.to_dict() == services.dtypes.to_dict()
    assert list(result.services.columns) == list(services.columns)
    assert result.services.crs == services.crs


def test_a_locality_that_is_gone_or_another_is_a_problem():
    result = applied(scenario(replace(OPEN, locality_key="99"), replace(OPEN, locality_key="1"), MOVE))
    assert result.problems["problem"].to_list() == ["locality_gone", "locality_elsewhere"]
    assert result.services["service_id"].to_list() == [1, 2, 3, 4]


def test_a_point_in_a_gmina_that_is_not_there_is_a_problem():
    point = {"gmina_code": "129999", "locality_key": None, "longitude": 20.3, "latitude": 49.62}
    result = applied(scenario(replace(OPEN, **point), replace(MOVE, **point)))
    assert result.problems[["problem", "subject"]].to_numpy().tolist() == [["area_gone", "129999"]] * 2
    assert result.services["service_id"].to_list() == [1, 2, 3, 4]
    assert not result.services["gmina_code"].eq("129999").any()


def _at(gmina_code, east_m, **changes):
    """Return a place that a change states in a gmina, so many metres east of the middle of Druga."""
    point = middle_of("120002", east_m=east_m)
    spot = {"locality_key": None, "longitude": round(point.x, 5), "latitude": round(point.y, 5)}
    return {"gmina_code": gmina_code, **spot, **changes}


def test_a_point_far_from_the_gmina_of_its_change_is_a_problem():
    """Druga is 9 km wide: a point in its middle is 4.5 km from Pierwsza, that the change states."""
    result = applied(
        scenario(replace(OPEN, **_at("120001", 0)), replace(MOVE, facility=HOME, **_at("240001", 0)))
    )
    assert result.problems[["change", "kind", "problem", "subject"]].to_numpy().tolist() == [
        [1, "open", "point_elsewhere", "120002"],
        [2, "move", "point_elsewhere", "120002"],
    ]
    assert result.services["service_id"].to_list() == [1, 2, 3, 4]
    assert result.services["gmina_code"].to_list() == ["120001", "120001", "120001", "120002"]


@pytest.mark.parametrize(
    ("metres_beyond", "problems"),
    [(-4_400, []), (-10, []), (250, []), (350, ["point_elsewhere"])],
)
def test_a_point_near_a_border_never_overrules_a_stated_gmina(metres_beyond, problems):
    """The eastern border of Druga is 4.5 km east of its middle; beyond it is Trzecia."""
    result = applied(scenario(replace(OPEN, **_at("120002", 4_500 + metres_beyond))))
    assert result.problems["problem"].to_list() == problems
    assert (result.services["service_id"] == -1).sum() == 1 - len(problems)
    if not problems:
        assert result.services.set_index("service_id").loc[-1, "gmina_code"] == "120002"


def test_a_point_in_no_gmina_is_a_problem():
    result = applied(scenario(replace(OPEN, **_at("240001", 14_500))))
    assert result.problems[["problem", "subject"]].to_numpy().tolist() == [["point_outside", "240001"]]


def test_without_shapes_points_are_not_checked():
    registry, services = world()
    result = apply_scenario(
        scenario(replace(OPEN, **_at("120001", 0))), services, registry.service_areas, registry.localities
    )
    assert result.problems.empty


def test_an_area_service_covers_the_areas_that_are_there():
    unknown = replace(START, area_codes=("3001",))
    result = applied(
        scenario(replace(START, area_codes=("1200", "240001", "3001"), places=5), unknown, START)
    )
    assert result.service_areas.to_numpy().tolist() == [
        *([-1, "1200"], [-1, "240001"], [-3, "1200"], [-3, "240001"])
    ]
    assert result.problems["problem"].to_list() == ["area_gone", "area_gone"]
    new = result.services.set_index("service_id").loc[-1]
    assert (new["capacity_places"], new.geometry, new["place_grade"]) == (5, None, "none")
    assert pd.isna(new["gmina_code"])
    assert pd.isna(new["voivodeship_code"])
    one = applied(scenario(replace(START, area_codes=("120002",)))).services.set_index("service_id").loc[-1]
    assert (one["gmina_code"], one["gmina_name"], one["powiat_code"]) == ("120002", "Druga", "1200")


def test_a_change_to_what_is_not_counted_is_told():
    registry, services = world()
    services.loc[services["service_id"] == 1, "is_counted"] = False
    result = apply_scenario(scenario(CLOSE), services, registry.service_areas, registry.localities)
    assert result.problems["problem"].to_list() == ["not_counted"]
    assert 1 not in set(result.services["service_id"])


def test_nothing_given_is_changed():
    registry, services = world()
    kept, areas = services.copy(deep=True), registry.service_areas.copy()
    one = scenario(OPEN, CLOSE, ENLARGE, MOVE, START)
    result = apply_scenario(one, services, areas, registry.localities)
    assert_geodataframe_equal(services, kept)
    assert len(areas) == 0
    assert result.problems.empty
    assert sorted(result.services["service_id"]) == [-5, -1, 2, 3, 4]


def test_an_empty_registry_can_be_planned_on():
    registry = tiny_registry([])
    services = registry.services.assign(facility_handle=None)
    result = apply_scenario(scenario(OPEN, START), services, registry.service_areas, registry.localities)
    assert result.services["service_id"].to_list() == [-1, -2]
    assert isinstance(result.services, gpd.GeoDataFrame)


def test_frames_without_handles_are_refused():
    registry, services = world()
    with pytest.raises(FrameError, match="facility_handle"):
        apply_scenario(
            scenario(CLOSE),
            services.drop(columns="facility_handle"),
            registry.service_areas,
            registry.localities,
        )


# Costs.

UNITS = {
    "CAL-DPS": UnitCosts(build_per_site_zl=1_000, build_per_place_zl=100, run_per_place_zl_year=10),
    "DZI-KLS": UnitCosts(build_per_site_zl=0, build_per_place_zl=50, run_per_place_zl_year=5),
}


def costs_of(*changes, units=UNITS):
    return scenario_costs(scenario(*changes), units, world()[1])


def test_a_change_that_is_left_out_is_told_and_costs_nothing_in_all():
    """The point is 4.5 km from the gmina that the change states: nothing is opened, and nothing is paid."""
    elsewhere = replace(OPEN, **_at("120001", 0))
    plan = scenario(elsewhere, replace(OPEN, build_cost_zl=7), Change(kind="close", facility=GONE))
    result = applied(plan)
    assert result.left_out == {1, 3}
    costs = scenario_costs(plan, UNITS, world()[1], left_out=result.left_out)
    # What it would have cost stands at the change.
    assert costs.changes["build_zl"].to_list() == [500_000, 7, pd.NA]
    assert costs.changes["is_left_out"].to_list() == [True, False, True]
    assert (costs.build_zl, costs.is_build_at_least, costs.run_zl_year) == (7, False, 150)


@pytest.mark.parametrize(
    ("change", "is_left_out"),
    [
        (OPEN, False),
        (replace(OPEN, locality_key="99"), True),
        (Change(kind="close", facility=GONE), True),
        (replace(MOVE, **_at("120001", 0)), True),
        (replace(START, area_codes=("120001", "3001")), False),
        (replace(START, area_codes=("3001",)), True),
        (Change(**ADMIT | {"area_codes": ("129999",)}), True),
        # An agreement of a gmina without such a facility is made and changes nothing.
        (Change(**ADMIT | {"area_codes": ("120002",)}), False),
    ],
)
def test_which_changes_are_left_out(change, is_left_out):
    assert applied(scenario(change)).left_out == ({1} if is_left_out else frozenset())


def test_costs_are_worked_by_hand():
    """
    Open 30 club places: 500,000 as stated, 30 x 5 = 150 a year. Close 40: -400. From 20 + 10 to 50 places: 20 more,
    2,000 and 200 a year. Move those 30: 1,000 + 30 x 100 = 4,000.
    """
    costs = costs_of(OPEN, CLOSE, ENLARGE, MOVE)
    assert costs.changes["build_zl"].to_list() == [500_000, 0, 2_000, 4_000]
    assert costs.changes["run_zl_year"].to_list() == [150, -400, 200, 0]
    assert costs.changes["places_before"].to_list() == [0, 40, 30, 30]
    assert costs.changes["places_after"].to_list() == [30, 0, 50, 30]
    assert (costs.build_zl, costs.is_build_at_least) == (506_000, False)
    assert (costs.added_run_zl_year, costs.saved_run_zl_year, costs.run_zl_year) == (350, 400, -50)


def test_making_smaller_builds_nothing_and_saves_every_year():
    costs = costs_of(Change(kind="enlarge", facility=HOME, places=15))
    assert (costs.build_zl, costs.run_zl_year) == (0, -250)


def test_what_nobody_stated_makes_the_total_at_least():
    costs = costs_of(replace(OPEN, build_cost_zl=None), CLOSE, START)
    start = costs.changes.iloc[2]
    assert (costs.build_zl, costs.is_build_at_least) == (1_500, True)
    assert pd.isna(start["build_zl"])
    assert start["is_run_unknown"]
    assert (costs.added_run_zl_year, costs.saved_run_zl_year, costs.run_zl_year) == (150, 400, None)


def test_a_part_that_is_known_counts_and_the_rest_is_at_least():
    """Of a home of unknown places only the site is known; of a facility that is gone, nothing."""
    unknown = Change(kind="open", support_form="CAL-DPS", gmina_code="120001", locality_key="1")
    costs = costs_of(
        unknown, Change(kind="close", facility=GONE), Change(kind="close", facility=UNKNOWN_HOME)
    )
    assert costs.changes["build_zl"].to_list() == [1_000, pd.NA, 0]
    assert costs.changes["is_build_at_least"].to_list() == [True, True, False]
    assert costs.changes["is_run_unknown"].to_list() == [True, True, True]


def test_no_costs_are_invented():
    costs = costs_of(replace(OPEN, build_cost_zl=None), CLOSE, ENLARGE, MOVE, START, units={})
    assert costs.build_zl == 0
    assert costs.is_build_at_least
    assert costs.changes["is_run_unknown"].to_list() == [True, True, True, False, True]
    assert costs_of().run_zl_year == 0


@pytest.mark.parametrize("cost", [-1, 1.5, True, "5", 10**11 + 1])
def test_unit_costs_are_whole_zlotys(cost):
    with pytest.raises(ScenarioError, match="run_per_place_zl_year: expected whole zł"):
        UnitCosts(run_per_place_zl_year=cost)


def test_an_agreement_is_a_row_for_each_known_area_and_costs_nothing():
    club = service(5, "120001", support_form="DZI-KLS")
    agreed = scenario(Change(**ADMIT | {"area_codes": ("120002", "129999")}), form="DZI-KLS")
    assert from_text(to_text(agreed)) == agreed
    made = applied(agreed, club)
    assert made.agreements.to_dict("records") == [
        {"support_form": "DZI-KLS", "gmina_code": "120001", "admitted_code": "120002"}
    ]
    assert made.problems[["problem", "subject"]].to_numpy().tolist() == [["area_gone", "129999"]]
    assert applied(agreed).problems["problem"].tolist() == ["area_gone", "nothing_here"]
    costs = scenario_costs(agreed, {}, world(club)[1])
    assert (costs.build_zl, costs.run_zl_year, costs.is_build_at_least) == (0, 0, False)
