"""Quality of records and areas, worked by hand on three square gminas (tests/support/tiny_world.py)."""

from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.commands.quality import UnknownFormError, _run, quality_lines
from data.quality.areas import (
    COMPLETE_FRESH,
    COMPLETE_OLD,
    PARTIAL,
    Doubts,
    area_quality,
    doubts_of,
    known_forms_count,
)
from data.quality.records import FIELDS, PARTS, STAYS, asked_fields, record_quality
from data.vocabulary import has_door, support_forms
from tests.support.tiny_world import AS_OF, service, tiny_registry

FIRST, SECOND, THIRD = "120001", "120002", "240001"
YEAR = timedelta(days=365)
"""The review cycle of a care home and of a Senior+ club."""


@cache
def world():
    return tiny_registry([])


def frame_of(services):
    frame = pd.DataFrame(services, columns=list(service(1, FIRST)))
    return frame.astype({"capacity_places": "Int64", "is_counted": bool})


def quality(services, *, on=AS_OF, service_areas=()):
    served = pd.DataFrame(service_areas, columns=["service_id", "area_code"])
    sources, coverage = world().sources, world().register_coverage
    return record_quality(frame_of(services), sources, coverage, on=on, service_areas=served)


def one(*, gmina=FIRST, on=AS_OF, service_areas=(), **changes):
    """Return the quality of one care home, as changed."""
    return quality([service(1, gmina, **changes)], on=on, service_areas=service_areas).iloc[0]


def areas_of(services, *, form="CAL-DPS", on=AS_OF, group=None, except_gminas=(), register_as_of=AS_OF):
    coverage = world().register_coverage.assign(as_of=register_as_of, except_area_codes=[list(except_gminas)])
    frame = frame_of(services)
    records = frame.join(record_quality(frame, world().sources, coverage, on=on))
    return area_quality(
        records[records["is_counted"]].assign(area_code=records["gmina_code"]),
        areas=world().areas_of_level("gmina").set_index("area_code"),
        forms=(form,),
        register_coverage=coverage,
        doubts={form: doubts_of(frame, coverage, form, need_group=group)},
        on=on,
    )


def test_parts_and_their_mean():
    home = one(capacity_places=30, opening_hours_text="8-16")
    # Asked of a care home: address, contact, intake, capacity, eligibility; three of five are known.
    assert home["missing_fields"] == ["intake", "eligibility"]
    assert home["completeness_score"] == pytest.approx(3 / 5)
    assert home["freshness_score"] == 1.0
    assert home["place_score"] == 0.4
    assert home["source_score"] == 1.0
    assert home["quality_score"] == pytest.approx((0.6 + 1 + 0.4 + 1) / 4)
    assert home["review_due_on"] == AS_OF + YEAR
    assert not home["is_overdue"]


@pytest.mark.parametrize(
    ("cycles", "score", "is_overdue"),
    [(0, 1.0, False), (1, 1.0, False), (2, 0.5, True), (2.5, 0.25, True), (3, 0.0, True), (9, 0.0, True)],
)
def test_freshness_falls_from_one_cycle_to_three(cycles, score, is_overdue):
    home = one(on=AS_OF + timedelta(days=round(365 * cycles)))
    assert home["freshness_score"] == pytest.approx(score, abs=0.001)
    assert home["is_overdue"] == is_overdue


def test_an_unknown_date_is_never_fresh():
    home = one(dated_on=None)
    assert home["freshness_score"] == 0.0
    assert home["is_overdue"]
    assert home["review_due_on"] is None


def test_a_shelter_is_reviewed_more_often_than_a_care_home():
    shelter = one(support_form="BEZ-SCH", need_groups=["homeless"])
    assert shelter["review_due_on"] == AS_OF + timedelta(days=180)


@pytest.mark.parametrize(
    ("grade", "score"),
    [("door", 1.0), ("street", 0.8), ("postal_code", 0.6), ("locality", 0.4), ("gmina", 0.2), ("none", 0.0)],
)
def test_place_goes_by_the_grade(grade, score):
    assert one(place_grade=grade)["place_score"] == score


def test_help_at_home_needs_an_area_and_no_door():
    at_home = {"support_form": "DOM-UO", "place_grade": "none", "street_address": None, "geometry": None}
    without, within = one(**at_home), one(**at_home, service_areas=[(1, FIRST)])
    assert without["place_score"] == 0.0
    assert "covered_area" in without["missing_fields"]
    assert within["place_score"] == 1.0
    assert "covered_area" not in within["missing_fields"]
    assert not {"address", "opening_hours"} & set(without["missing_fields"])


def test_an_ambulance_on_its_round_needs_no_address():
    ambulance = {"support_form": "BEZ-MED", "place_grade": "none", "street_address": None, "geometry": None}
    assert "address" in one(**ambulance)["missing_fields"]
    round_of_areas = one(**ambulance, service_areas=[(1, FIRST)])
    assert "address" not in round_of_areas["missing_fields"]
    assert round_of_areas["place_score"] == 1.0


def test_what_is_withheld_for_safety_is_not_missing():
    flat = one(
        support_form="MIE-TRE",
        visibility="gmina_centroid",
        place_grade="gmina",
        street_address=None,
        capacity_places=6,
    )
    assert flat["missing_fields"] == []
    assert pd.isna(flat["place_score"])
    assert flat["quality_score"] == pytest.approx((1 + 1 + 2 / 3) / 3)


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        ({}, 1.0),
        ({"source_code": "other-register"}, 2 / 3),
        ({"gmina": THIRD}, 2 / 3),
        ({"support_form": "DZI-KLS"}, 2 / 3),
        ({"source_code": "list"}, 1 / 3),
    ],
    ids=["complete", "official", "elsewhere", "other form", "compiled"],
)
def test_source_that_claims_to_be_complete_is_best(changes, score):
    assert one(**changes)["source_score"] == pytest.approx(score)


def test_fields_follow_the_vocabulary():
    assert asked_fields("CAL-DPS") == ("address", "contact", "intake", "capacity", "eligibility")
    assert "opening_hours" in asked_fields("DZI-KLS")
    assert "opening_hours" in asked_fields("BEZ-OGR")
    assert "opening_hours" not in asked_fields("BEZ-SCH")
    assert asked_fields("INS-OPS") == ("address", "contact", "opening_hours")
    assert "capacity" not in asked_fields("BEZ-ODZ")
    assert asked_fields("MIE-TRE", is_protected=True) == ("contact", "capacity")
    assert set(support_forms()) >= STAYS
    for form in support_forms():
        assert ("address" in asked_fields(form)) == has_door(form)


KNOWN = {
    "street_address": "ul. Prosta 1",
    "phones": ["12 000 00 00"],
    "opening_hours_text": "8-16",
    "intake_text": "w OPS",
    "capacity_places": 10,
    "eligibility_text": "18+",
    "website": "https://example.org/",
    "place_grade": "door",
    "dated_on": AS_OF,
}
UNKNOWN = {**dict.fromkeys(KNOWN), "phones": [], "capacity_places": pd.NA, "place_grade": "none"}


@given(
    form=st.sampled_from(list(support_forms())),
    known=st.sets(st.sampled_from(list(KNOWN))),
    more=st.sampled_from(list(KNOWN)),
    visibility=st.sampled_from(["public", "gmina_centroid", "hidden"]),
    age_days=st.integers(-10, 5000),
)
def test_quality_is_from_0_to_1_and_more_knowledge_never_lowers_it(form, known, more, visibility, age_days):
    def of(names):
        fields = UNKNOWN | {name: KNOWN[name] for name in names}
        return one(on=AS_OF + timedelta(days=age_days), support_form=form, visibility=visibility, **fields)

    before, after = of(known), of(known | {more})
    for part in (*PARTS, "quality_score"):
        assert pd.isna(before[part]) or 0 <= before[part] <= after[part] <= 1
    assert set(after["missing_fields"]) <= set(before["missing_fields"]) <= set(FIELDS)


def mixed():
    return [
        service(1, FIRST, capacity_places=30),
        service(2, FIRST, dated_on=None, phones=[], source_code="list"),
        service(3, THIRD, dated_on=date(2021, 1, 1), dated_precision="year", source_code="list"),
    ]


def test_order_of_rows_does_not_matter():
    forwards, backwards = areas_of(mixed()), areas_of(mixed()[::-1])
    pd.testing.assert_frame_equal(forwards, backwards)


def test_nothing_listed_has_a_class_only_where_the_list_is_complete():
    assert areas_of([])["knowledge"].tolist() == [COMPLETE_FRESH, COMPLETE_FRESH, pd.NA]
    assert areas_of([])["records_count"].tolist() == [0, 0, 0]
    assert areas_of([])["overdue_share"].isna().all()


def test_figures_of_an_area():
    quality = areas_of(mixed())
    assert quality["knowledge"].tolist() == [COMPLETE_FRESH, COMPLETE_FRESH, PARTIAL]
    assert quality["known_forms_count"].tolist() == [1, 1, 0]
    assert quality["records_count"].tolist() == [2, 0, 1]
    assert quality["overdue_count"].tolist() == [1, 0, 1]
    first = quality.loc[FIRST]
    assert first["overdue_share"] == 0.5
    # Three of five fields, then one of five.
    assert first["completeness_score"] == pytest.approx((3 / 5 + 1 / 5) / 2)
    assert first["freshness_score"] == 0.5
    assert first["oldest_dated_on"] == AS_OF
    third = quality.loc[THIRD]
    assert (third["oldest_dated_on"], third["oldest_dated_precision"]) == (date(2021, 1, 1), "year")
    assert quality.loc[SECOND, "oldest_dated_on"] is None


@pytest.mark.parametrize(
    ("register_as_of", "on", "knowledge"),
    [
        (AS_OF, AS_OF + YEAR, COMPLETE_FRESH),
        (AS_OF, AS_OF + YEAR + timedelta(days=1), COMPLETE_OLD),
        (None, AS_OF, COMPLETE_OLD),
    ],
)
def test_a_complete_register_grows_old(register_as_of, on, knowledge):
    assert areas_of([], on=on, register_as_of=register_as_of).loc[SECOND, "knowledge"] == knowledge


def test_a_new_edition_of_old_records_is_old():
    old = [service(number, FIRST, dated_on=AS_OF - 2 * YEAR) for number in (1, 2)]
    fresh = service(3, FIRST)
    assert areas_of([*old, fresh]).loc[FIRST, "knowledge"] == COMPLETE_OLD
    assert areas_of([old[0], fresh]).loc[FIRST, "knowledge"] == COMPLETE_FRESH


def test_lists_that_contradict_each_other_are_only_partial():
    aside = service(3, SECOND, is_counted=False, set_aside_by="register", source_code="list")
    contradicted = areas_of([aside])
    assert contradicted.loc[SECOND, "knowledge"] == PARTIAL
    assert contradicted.loc[SECOND, "known_forms_count"] == 0
    assert areas_of([aside], group="disabled").loc[SECOND, "knowledge"] == COMPLETE_FRESH
    assert areas_of([aside, service(4, SECOND)]).loc[SECOND, "knowledge"] == COMPLETE_FRESH
    assert areas_of([], except_gminas=(SECOND,)).loc[SECOND, "knowledge"] == PARTIAL


def nowhere(number, powiat_code, **changes):
    """Return a home of which only the powiat is known, or with none only the voivodeship 12."""
    lost = {"gmina_code": None, "geometry": None, "place_grade": "none", "powiat_code": powiat_code}
    return service(number, FIRST) | lost | changes


def test_a_home_of_an_unknown_gmina_leaves_none_of_its_powiat_a_zero():
    homes = areas_of([service(1, FIRST), nowhere(2, "1200")])
    assert homes.loc[[FIRST, SECOND], "knowledge"].tolist() == [PARTIAL, PARTIAL]
    assert areas_of([nowhere(2, "1201")]).loc[SECOND, "knowledge"] == COMPLETE_FRESH, "another powiat"
    assert areas_of([nowhere(2, None)]).loc[SECOND, "knowledge"] == PARTIAL, "any gmina of the voivodeship"
    assert areas_of([nowhere(2, "1200")], group="disabled").loc[SECOND, "knowledge"] == COMPLETE_FRESH
    opened = areas_of([nowhere(2, "1200", source_code="scenario")])
    assert opened.loc[SECOND, "knowledge"] == COMPLETE_FRESH, "what somebody plans is no doubt of what is"


def test_doubt_of_where_a_home_stands_goes_down_and_doubt_of_a_list_both_ways():
    areas = pd.Index(["12", "1200", FIRST, "1201", "24"])
    assert Doubts(somewhere=frozenset({"1200"})).of(areas).tolist() == [False, False, True, False, False]
    assert Doubts(somewhere=frozenset({"12"})).of(areas).tolist() == [False, True, True, True, False]
    assert Doubts(contradicted=frozenset({"1200"})).of(areas).tolist() == [True, True, True, False, False]
    assert Doubts(contradicted=frozenset({FIRST})).of(areas).tolist() == [True, True, True, False, False]
    assert not Doubts().of(areas).any()


def test_another_list_that_names_only_the_powiat_contradicts_where_the_register_has_none():
    aside = nowhere(3, "1200", is_counted=False, set_aside_by="register", source_code="list")
    coverage = world().register_coverage
    assert doubts_of(frame_of([aside]), coverage, "CAL-DPS").contradicted == {"1200"}
    assert doubts_of(frame_of([aside, service(4, SECOND)]), coverage, "CAL-DPS") == Doubts()


def test_of_several_forms_the_least_known_tells():
    registry = tiny_registry([service(1, FIRST), service(2, SECOND, support_form="DZI-KLS")])
    services, coverage = registry.services, registry.register_coverage
    records = services.join(record_quality(services, registry.sources, coverage, on=AS_OF))
    areas = registry.areas_of_level("gmina").set_index("area_code")
    rules = {"areas": areas, "forms": ("CAL-DPS", "DZI-KLS"), "register_coverage": coverage}
    quality = area_quality(records.assign(area_code=services["gmina_code"]), **rules, doubts={}, on=AS_OF)
    assert quality["knowledge"].tolist() == [pd.NA, PARTIAL, pd.NA]
    assert known_forms_count(**rules, doubts={}).tolist() == [1, 1, 0]


@given(
    st.lists(
        st.tuples(st.sampled_from([FIRST, SECOND, THIRD]), st.booleans(), st.booleans()),
        max_size=6,
    ),
    st.integers(0, 2000),
)
def test_an_area_without_a_complete_register_is_never_known(rows, age_days):
    services = [
        service(
            number,
            code,
            source_code="register" if is_official else "list",
            is_counted=is_counted,
            set_aside_by=None if is_counted else "register",
        )
        for number, (code, is_official, is_counted) in enumerate(rows)
    ]
    quality = areas_of(services, on=AS_OF + timedelta(days=age_days))
    assert quality.loc[THIRD, "known_forms_count"] == 0
    assert quality.loc[THIRD, "knowledge"] is pd.NA or quality.loc[THIRD, "knowledge"] == PARTIAL
    is_nothing = quality["knowledge"].isna()
    assert (quality.loc[is_nothing, "records_count"] == 0).all()


def test_command_tells_areas_by_class_and_the_worst_records(invented_engine):
    with invented_engine.connect() as connection:
        lines = list(quality_lines(connection, voivodeship=None, form="CAL-DPS", on=date(2026, 7, 1)))
    assert lines[0] == "gminas by how much is known of a form on 2026-07-01"
    form, *counts = lines[2].split()
    assert form == "CAL-DPS"
    assert sum(map(int, counts)) == 9
    assert lines[4].startswith("the worst of ")
    worst = [float(line.split()[0]) for line in lines[6:-1]]
    assert worst == sorted(worst)
    assert worst
    assert lines[-1].startswith("beside them 0 addresses of polling stations")


def test_command_refuses_an_unknown_form(invented_engine):
    options = type("Options", (), {"form": "DPS", "voivodeship": None})
    with pytest.raises(UnknownFormError, match="'DPS'; there are DOM-UO"):
        next(_run(options, invented_engine, None))


@pytest.mark.mirror
def test_real_registers(real_engine):
    with real_engine.connect() as connection:
        lines = list(quality_lines(connection, voivodeship="12", form="CAL-DPS", on=date(2026, 11, 22)))
    # 182 gminas and Szczawa; the polling station in Rabka-Zdrój contradicts no register.
    assert lines[2].split() == ["CAL-DPS", "183", "0", "0", "0"]
    assert lines[4] == "the worst of 114 counted records; 0 are to be confirmed"
