"""Which record a row goes on with: what looks the same first, then the only one of its name and place that is gone."""

import pytest

from data.loading.continuation import Version, known_keys

HOME = {
    "facility_name": "Dom Pomocy Społecznej im. T. Piekarza w Harbutowicach",
    "locality_name": "Harbutowice",
    "stated_gmina_code": None,
    "stated_gmina_name": None,
    "stated_powiat_name": "myślenicki",
    "support_forms": {"CAL-DPS"},
}
NAMELESS = {**HOME, "facility_name": "Klub Seniora", "support_forms": {"DZI-KS"}}


def _version(key: str, *, made: str | None = None, holds=(1, None), row=HOME, **changes) -> Version:
    return Version(key, made or key, holds, {**row, **changes})


def test_corrected_address_goes_on_with_the_record() -> None:
    assert known_keys({"beskidzka 3": HOME}, [_version("harbutowice 1")]) == {"beskidzka 3": "harbutowice 1"}


def test_address_that_comes_back_is_the_record_that_had_it() -> None:
    known = [
        _version("harbutowice 1", holds=(1, 2)),
        _version("harbutowice 1", made="beskidzka 3", holds=(2, None)),
    ]
    for made in ("harbutowice 1", "beskidzka 3", "lesna 9"):
        assert known_keys({made: HOME}, known) == {made: "harbutowice 1"}


def test_record_that_was_away_for_a_month_comes_back_under_its_later_address() -> None:
    known = [_version("a", holds=(1, 2)), _version("a", made="b", holds=(2, 3))]
    assert known_keys({"b": HOME}, known) == {"b": "a"}


def test_new_home_at_the_old_address_is_another_record() -> None:
    known = [_version("a", holds=(1, 2)), _version("a", made="b", holds=(2, None))]
    rows = {"a": HOME, "b": HOME}
    assert known_keys(rows, known) == {"b": "a", "a": "a+"}
    known.append(_version("a+", made="a", holds=(3, None)))
    assert known_keys(rows, known) == {"a": "a+", "b": "a"}


@pytest.mark.parametrize(
    "changes",
    [
        {"stated_powiat_name": "wadowicki"},
        {"support_forms": {"DZI-SDS"}},
        {"facility_name": "Dom Pomocy Społecznej w Harbutowicach"},
    ],
)
def test_contradiction_leaves_two_records(changes) -> None:
    assert known_keys({"b": HOME | changes}, [_version("a")]) == {"b": "b"}


def test_village_decides_only_where_the_name_does_not_tell_it() -> None:
    elsewhere = {"locality_name": "Sułkowice"}
    assert known_keys({"b": HOME | elsewhere}, [_version("a")]) == {"b": "a"}
    assert known_keys({"b": NAMELESS | elsewhere}, [_version("a", row=NAMELESS)]) == {"b": "b"}
    assert known_keys({"b": NAMELESS}, [_version("a", row=NAMELESS)]) == {"b": "a"}


def test_quotes_and_legal_forms_do_not_tell_homes_apart() -> None:
    before = _version("a", facility_name="Dom Opieki „Betania” sp. z o.o. w Harbutowicach")
    now = HOME | {"facility_name": "Dom opieki Betania w Harbutowicach"}
    assert known_keys({"b": now}, [before]) == {"b": "a"}


def test_of_several_homes_of_one_name_nobody_can_tell_which_moved() -> None:
    known = [_version("a"), _version("b")]
    assert known_keys({"a": HOME, "c": HOME}, known) == {"a": "a", "c": "c"}
    assert known_keys({"c": HOME, "d": HOME}, [_version("a")]) == {"c": "c", "d": "d"}


def test_home_that_once_stood_beside_the_one_that_is_gone_is_itself() -> None:
    known = [_version("a"), _version("b", holds=(1, 2))]
    assert known_keys({"b": HOME}, known) == {"b": "b"}
    assert known_keys({"b": HOME}, [_version("b", holds=(1, 2)), _version("a", holds=(2, None))]) == {
        "b": "a"
    }
