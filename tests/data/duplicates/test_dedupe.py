"""Finding duplicates, on hand-made pairs and on the labelled sample of the real lists."""

import csv
import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.duplicates.dedupe import DOUBTFUL_SCORE, PAIR_COLUMNS, RepeatedRecordError, find_duplicates
from data.duplicates.words import door, is_same_street, name_words
from data.reading.clusters import clusters
from data.vocabulary import support_forms
from geo.crs import GEOGRAPHIC
from tests.support.folders import EXAMPLES

SAMPLE = EXAMPLES / "duplicate_pairs.csv"


def record(key, *, source="a", **values):
    """Give one facility: a care home at ul. Parkowa 1 in Miasto unless told otherwise."""
    return {
        "source_code": source,
        "record_key": key,
        "name": "Dom Pomocy Społecznej w Mieście",
        "organization_name": None,
        "support_forms": ["CAL-DPS"],
        "street_address": "ul. Parkowa 1",
        "postal_code": "00-001",
        "locality_name": "Miasto",
        "gmina_code": "100101",
        "voivodeship_code": "10",
        "phones": [],
        "place_grade": "locality",
        "geometry": Point(19.0, 51.0),
    } | values


def frame(*records):
    columns = [*record("x"), *(["place_radius_m"] if any("place_radius_m" in one for one in records) else [])]
    return gpd.GeoDataFrame(pd.DataFrame(records, columns=columns), geometry="geometry", crs=GEOGRAPHIC)


def found(*records):
    """Return {(left key, right key): row} of the pairs found."""
    pairs = find_duplicates(frame(*records))
    return {(row["left_key"], row["right_key"]): row for row in pairs.to_dict("records")}


def verdict(left, right):
    """Return the verdict on two records of two sources, or `different`."""
    pairs = found(record("1", **left), record("2", **({"source": "b"} | right)))
    return pairs["1", "2"]["verdict"] if pairs else "different"


def test_same_door_is_the_same_and_says_why():
    pair = found(record("1"), record("2", source="b"))["1", "2"]
    assert (pair["verdict"], pair["score"]) == ("same", 0.95)
    assert pair["evidence"]["points"] == {
        "street_address": 60,
        "locality_name": 15,
        "postal_code": 5,
        "only_one_in_both": 15,
    }
    assert pair["evidence"]["address"] == "same_door"
    assert pair["evidence"]["distance_m"] == 0
    assert pair["evidence"]["is_same_phone"] is None
    assert json.loads(json.dumps(pair["evidence"])) == pair["evidence"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"street_address": "ul. Generała Pułaskiego 5"}, {"street_address": "Kazimierza Pułaskiego 5"}, "same"),
        ({"street_address": "ul. Generała Pułaskiego 5"}, {"street_address": "ul. K. Pułaskiego 5"}, "same"),
        ({"street_address": "67"}, {"street_address": "Miasto 67"}, "same"),
        ({"street_address": "75A"}, {"street_address": "Miasto 75 A"}, "same"),
        ({"street_address": "ul. Parkowa 1 ul. Parkowa 1"}, {}, "same"),
        ({"postal_code": "99-999"}, {}, "same"),
        # A village got street names, or a street got another one: the number stays.
        ({"street_address": "2"}, {"street_address": "ul. Wspólna 2"}, "doubtful"),
        ({"street_address": "ul. Armii Czerwonej 5"}, {"street_address": "ul. Polna 5"}, "doubtful"),
        ({"street_address": None}, {}, "doubtful"),
        ({"street_address": None}, {"street_address": None}, "doubtful"),
        ({"street_address": "ul. Parkowa 1B"}, {}, "doubtful"),
        ({"name": 'DPS "Kalina"', "street_address": "ul. Parkowa 1B"}, {"name": "Dom „Kalina”"}, "same"),
        ({"street_address": "ul. Parkowa 2"}, {}, "different"),
        ({"street_address": "ul. Leśna 4"}, {}, "different"),
        ({"locality_name": "Inne"}, {}, "doubtful"),
        ({"gmina_code": "100102"}, {}, "doubtful"),
        ({"support_forms": ["DZI-SDS"]}, {}, "different"),
        ({"support_forms": ["CAL-DPS", "DZI-SDS"]}, {}, "same"),
    ],
)  # fmt: skip
def test_address(left, right, expected):
    assert verdict(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # At one door, one operator: services of their own.
        ({"support_forms": ["BEZ-NOC"]}, {"support_forms": ["BEZ-SCH"]}, "different"),
        ({"support_forms": ["BEZ-OGR"]}, {"support_forms": ["BEZ-SCH"]}, "different"),
        ({"support_forms": ["BEZ-SCH"]}, {"support_forms": ["BEZ-SUO"]}, "different"),
        # One facility under its old and its new kind.
        ({"support_forms": ["INS-OPS"]}, {"support_forms": ["INS-CUS"]}, "doubtful"),
        ({"support_forms": ["DZI-DDP"]}, {"support_forms": ["DZI-DDS"]}, "doubtful"),
        ({"name": "DPS Nr 1"}, {"name": "DPS Nr 2"}, "doubtful"),
        ({"name": "DPS Nr 1 - filia"}, {"name": "DPS Nr 1"}, "doubtful"),
        ({"name": "Schronisko dla kobiet"}, {"name": "Schronisko dla mężczyzn"}, "doubtful"),
        ({"name": "Schronisko dla kobiet"}, {"name": "Schronisko dla kobiet i mężczyzn"}, "same"),
        ({"organization_name": "Fundacja Dialog"}, {"organization_name": "Caritas"}, "doubtful"),
        ({"organization_name": "Wójt Gminy Miasto"}, {"organization_name": "Gmina Miasto"}, "same"),
    ],
)  # fmt: skip
def test_same_door_with_an_objection(left, right, expected):
    assert verdict(left, right) == expected


def test_two_homes_that_one_register_lists_at_one_door_are_left_apart():
    numbers = {"1": ["41 365 69 66"], "2": ["41 384 85 13"]}
    pair = found(*(record(key, phones=phones) for key, phones in numbers.items()))["1", "2"]
    assert (pair["verdict"], pair["evidence"]["objections"]) == ("doubtful", ["listed_apart"])


def test_a_third_list_does_not_choose_between_two_of_a_register():
    numbers = {"1": ["41 365 69 66"], "2": ["41 384 85 13"]}
    pairs = found(*(record(key, phones=phones) for key, phones in numbers.items()), record("3", source="b"))
    assert {keys: row["verdict"] for keys, row in pairs.items()} == {
        ("1", "2"): "doubtful",
        ("1", "3"): "doubtful",
        ("2", "3"): "doubtful",
    }
    assert pairs["1", "3"]["evidence"]["objections"] == ["two_of_one_list"]


def test_one_list_may_name_a_home_twice():
    assert found(record("1"), record("2"))["1", "2"]["verdict"] == "same"


def test_warming_places_side_by_side_wait_for_a_person():
    warming = {"support_forms": ["BEZ-OGR"], "phones": ["883-375-775"], "postal_code": None}
    pair = found(
        record("1", name="Ogrzewalnia dla rodzin", street_address="ul. Beethovena 1-2", **warming),
        record("2", name="Ogrzewalnia MOPS", street_address="ul. Beethovena 1A", **warming),
    )["1", "2"]
    assert (pair["verdict"], pair["score"]) == ("doubtful", 0.75)
    assert pair["evidence"]["address"] == "near_door"


def test_telephone_of_an_office_with_many_clubs_tells_little():
    club = {
        "support_forms": ["DZI-KLS"],
        "phones": ["18 448 42 40"],
        "postal_code": None,
        "name": "Klub Senior+",
    }
    two = [record(str(n), street_address=f"ul. Polna {n}", **club) for n in (1, 2)]
    assert found(*two) == {}
    moved = {"locality_name": None, "street_address": None}
    two = [record("1", **club), record("2", **club | moved)]
    many = [*two, *(record(str(n), street_address=f"ul. Polna {n}", **club) for n in (3, 4))]
    assert found(*two)["1", "2"]["evidence"]["points"]["phones"] == 25
    assert ("1", "2") not in found(*many)


def test_doors_far_apart_are_not_one():
    precise = {"place_grade": "door"}
    near, far = Point(19.001, 51.0), Point(19.01, 51.0)
    assert verdict(precise, precise | {"geometry": near}) == "same"
    pair = found(record("1", **precise), record("2", source="b", **precise, geometry=far))["1", "2"]
    assert pair["evidence"]["objections"] == ["far_apart"]
    assert pair["evidence"]["distance_m"] == pytest.approx(702, abs=2)
    # The middle of a street is no door: number 1 may stand all of the street away.
    street = {"place_grade": "street", "place_radius_m": 110}
    assert verdict(precise, street | {"geometry": far}) == "same"
    assert verdict(precise, street | {"geometry": far, "place_radius_m": 90}) == "doubtful"
    # The middle of a locality says nothing about the door.
    assert verdict({"geometry": near}, {"geometry": far}) == "same"


def test_order_of_rows_does_not_matter_and_input_is_not_changed():
    records = [record("2"), record("1", source="b"), record("3", source="b", street_address=None)]
    pairs = find_duplicates(frame(*records))
    assert pairs.equals(find_duplicates(frame(*reversed(records))))
    assert list(pairs[["left_key", "right_key"]].itertuples(index=False, name=None)) == [
        ("2", "1"),
        ("2", "3"),
        ("1", "3"),
    ]
    given = frame(*records)
    before = given.copy()
    find_duplicates(given)
    assert given.equals(before)


def test_nothing_gives_no_pairs():
    assert list(find_duplicates(frame()).columns) == list(PAIR_COLUMNS)
    bare = dict.fromkeys(
        ("street_address", "postal_code", "locality_name", "gmina_code", "organization_name", "geometry")
    )
    assert find_duplicates(frame(record("1", **bare), record("2", **bare))).empty


def test_repeated_key_is_refused():
    with pytest.raises(RepeatedRecordError, match="1 come again: a:1"):
        find_duplicates(frame(record("1"), record("1")))


@pytest.mark.parametrize(
    ("address", "street", "number"),
    [
        ("ul. Święta 3", "swieta", "3"),
        ("ul. 3 Maja 47", "3 maja", "47"),
        ("ul. 3 Maja", "3 maja", ""),
        ("ul. 28 Pułku Strzelców Kaniowskich 32", "28 pulku strzelcow kaniowskich", "32"),
        ("al. 1000-lecia 15C", "1000 lecia", "15c"),
        ("ul. Skawińska 4 i 6", "skawinska", "4-6"),
        ("Grybów, ul. Jakubowskiego 33", "jakubowskiego", "33"),
        ('Elekcyjna 6 Dom Pomocy Społecznej "Budowlani"', "elekcyjna", "6"),
        ("ul. Franciszka Walczaka 42DPS", "franciszka walczaka", "42"),
        ("nr 9", "wies", "9"),
        (None, "", ""),
    ],
)  # fmt: skip
def test_door(address, street, number):
    parts = door(address, "Wieś")
    assert (parts.street, parts.number) == (street, number)


def test_streets():
    assert is_same_street("wincentego witosa", "witosa")
    assert is_same_street("swietego jana", "swietgo jana")
    assert not is_same_street("armii krajowej", "armii ludowej")
    assert not is_same_street("1 maja", "3 maja")
    assert not is_same_street("", "")


def test_name_tells_only_its_own_words():
    assert name_words("Dom Pomocy Społecznej „Jesień Życia” w Łodzi", None, "Łódź").telling == "jesien zycia"
    assert name_words("DPS, ul. Sierakowskiego 65", "ul. Sierakowskiego 65", "Łódź").telling == ""
    assert name_words("DPS w Nowym Mieście nad Pilicą", None, "Nowe Miasto nad Pilicą").telling == ""
    assert name_words("2 Dom Pomocy Społecznej w Łodzi", None, "Łódź").ordinal == "2"


def test_clusters_join_over_sources_but_never_two_of_one_list():
    pairs = pd.DataFrame(
        [
            ("a", "1", "b", "1", 0.95, "same", {}),
            ("b", "1", "c", "1", 0.90, "same", {}),
            ("a", "2", "c", "1", 0.80, "same", {}),
            ("a", "3", "b", "3", 0.60, "doubtful", {}),
        ],
        columns=list(PAIR_COLUMNS),
    )
    joined = clusters(pairs)
    assert joined.members.to_dict("list") == {
        "cluster": [0, 0, 0],
        "source_code": ["a", "b", "c"],
        "record_key": ["1", "1", "1"],
    }
    assert joined.parted[["left_key", "right_key"]].to_numpy().tolist() == [["2", "1"]]
    listed_twice = pd.concat(
        [pairs, pd.DataFrame([("a", "1", "a", "2", 0.9, "same", {})], columns=pairs.columns)]
    )
    assert len(clusters(listed_twice).members) == 4
    assert clusters(listed_twice).parted.empty


def test_what_a_person_parted_is_not_joined_by_a_third():
    pairs = pd.DataFrame(
        [
            ("a", "1", "c", "1", 0.95, "same", {}),
            ("b", "1", "c", "1", 0.90, "same", {}),
            ("a", "1", "b", "1", 1.00, "different", {}),
        ],
        columns=list(PAIR_COLUMNS),
    )
    joined = clusters(pairs)
    assert joined.members["source_code"].tolist() == ["a", "c"]
    assert joined.parted["left_source"].tolist() == ["b"]


def test_no_clusters_without_pairs():
    assert clusters(find_duplicates(frame())).members.empty


# The labelled sample


def sample_rows():
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_facilities(rows):
    """Return every record of the sample once."""
    records = {}
    for row in rows:
        for side in ("left", "right"):
            values = {name.removeprefix(f"{side}_"): text for name, text in row.items()}
            records[values["source"], values["key"]] = record(
                values["key"],
                source=values["source"],
                name=values["name"],
                organization_name=values["organization"] or None,
                support_forms=values["forms"].split(";"),
                street_address=values["address"] or None,
                postal_code=values["postal_code"] or None,
                locality_name=values["locality"] or None,
                gmina_code=values["gmina_code"] or None,
                voivodeship_code=values["voivodeship_code"],
                phones=values["phones"].split(";") if values["phones"] else [],
                place_grade=values["place_grade"],
                geometry=Point(float(values["lon"]), float(values["lat"])) if values["lon"] else None,
            )
    return frame(*records.values())


def pair_key(row):
    return tuple(row[name] for name in ("left_source", "left_key", "right_source", "right_key"))


@pytest.fixture(scope="module")
def judged_sample():
    """Give the sample with the verdict that the rule gives each pair; `different` when it reports none."""
    rows = sample_rows()
    pairs = find_duplicates(sample_facilities(rows)).to_dict("records")
    verdicts = {pair_key(pair): pair["verdict"] for pair in pairs}
    return pd.DataFrame(
        [row | {"verdict": verdicts.get(pair_key(row), "different")} for row in rows]
    ), verdicts


def precision_recall(sample, verdicts):
    is_found, is_same = sample["verdict"].isin(verdicts), sample["label"] == "same"
    both = (is_found & is_same).sum()
    return both / is_found.sum(), both / is_same.sum()


def test_sample_is_large_in_order_and_without_protected_places():
    rows = sample_rows()
    assert len(rows) == 469
    assert len({pair_key(row) for row in rows}) == 469
    assert all(
        (row["left_source"], row["left_key"]) < (row["right_source"], row["right_key"]) for row in rows
    )
    forms = {code for row in rows for side in ("left", "right") for code in row[f"{side}_forms"].split(";")}
    assert {support_forms()[code].default_visibility for code in forms} == {"public"}
    assert "@" not in SAMPLE.read_text(encoding="utf-8")
    keys = {"tuning": set(), "held_out": set()}
    for row in rows:
        keys[row["part"]] |= {(row[f"{side}_source"], row[f"{side}_key"]) for side in ("left", "right")}
    assert not keys["tuning"] & keys["held_out"]


@pytest.mark.parametrize("part", ["held_out", "tuning", "whole"])
def test_precision_and_recall_on_the_sample(judged_sample, part):
    sample, _ = judged_sample
    if part != "whole":
        sample = sample[sample["part"] == part]
    precision, recall = precision_recall(sample, ["same"])
    assert precision >= 0.99
    assert recall >= 0.74
    precision, recall = precision_recall(sample, ["same", "doubtful"])
    assert precision >= 0.96
    assert recall >= 0.97


def test_every_same_pair_among_the_records_of_the_sample_is_labelled_the_same(judged_sample):
    sample, verdicts = judged_sample
    labelled = {pair_key(row) for row in sample[sample["label"] == "same"].to_dict("records")}
    assert {pair for pair, verdict in verdicts.items() if verdict == "same"} <= labelled


def test_floor_is_lower_than_the_bar():
    sample = find_duplicates(sample_facilities(sample_rows()))
    assert sample["score"].between(DOUBTFUL_SCORE, 1).all()
