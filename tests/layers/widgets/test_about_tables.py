"""The tables of the page about the data: an unknown number is not zero, an incomplete list is "at least"."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from data.registry.counts import FormCount
from data.vocabulary import support_forms
from data.vocabulary.languages import LANGUAGES
from layers.text import texts_of
from layers.widgets.about_tables import (
    agreeing_totals,
    agreement_key,
    form_tables,
    official_table,
    source_table,
)
from tests.support.folders import REPOSITORY
from tests.support.tiny_world import AS_OF

TEXTS = texts_of("pl")
NAMES = {"10": "łódzkie", "12": "małopolskie", "24": "śląskie"}


def _total(area_code, quantity, official, ours, *, is_complete, tolerance_pct=10.0):
    return {
        "source_code": "gus",
        "area_code": area_code,
        "quantity": quantity,
        "support_forms": ["CAL-DPS"],
        "official": official,
        "ours": ours,
        "is_complete": is_complete,
        "tolerance_pct": tolerance_pct,
        "as_of_text": None,
    }


def _count(area_code, *, places, unknown, facilities=3):
    return FormCount(
        voivodeship_code=area_code,
        voivodeship_name=NAMES[area_code],
        support_form="CAL-DPS",
        facilities=facilities,
        capacity_places=places,
        capacity_unknown=unknown,
        set_aside=0,
        unconfirmed=0,
    )


def test_ours_beside_official_ones():
    comparison = pd.DataFrame(
        [
            _total("10", "facilities", 68, 65, is_complete=False),
            _total("10", "capacity_places", 8932, 0, is_complete=False),
            _total("12", "facilities", 94, 95, is_complete=True),
            # Places of all stationary care, not of these homes alone: there is no difference to tell.
            _total("12", "capacity_places", 11761, 8126, is_complete=True, tolerance_pct=None),
            _total("24", "facilities", 2, 2, is_complete=True),
            _total("24", "capacity_places", 100, 60, is_complete=True),
        ]
    )
    counts = [
        _count("10", places=None, unknown=66),
        _count("12", places=8126, unknown=0),
        _count("24", places=60, unknown=1),
    ]
    table = official_table(comparison, counts, NAMES, TEXTS)
    assert table.to_numpy().tolist() == [
        ["łódzkie", "68", "co najmniej 65", "8\u00a0932", "brak danych", "niepełna"],
        ["małopolskie", "94", "95 (+1)", "11\u00a0761", "8\u00a0126", "pełny rejestr"],
        ["śląskie", "2", "2 (0)", "100", "co najmniej 60", "pełny rejestr"],
    ]


def test_only_evidence_is_no_number():
    comparison = pd.DataFrame([_total("10", "facilities", 68, 0, is_complete=False)])
    counts = [_count("10", places=None, unknown=0, facilities=0)]
    assert official_table(comparison, counts, NAMES, TEXTS).iloc[0, 2] == "brak danych"


def test_totals_of_several_forms_name_their_forms():
    comparison = pd.DataFrame(
        [
            _total("12", "facilities", 94, 95, is_complete=True),
            _total("12", "facilities", 9, 9, is_complete=True) | {"support_forms": ["DZI-SDS"]},
        ]
    )
    table = official_table(comparison, [], NAMES, TEXTS)
    assert table["Forma"].tolist() == ["dom pomocy społecznej", "środowiskowy dom samopomocy"]
    assert table["Miejsca: urzędowo"].tolist() == ["brak danych", "brak danych"]


def test_sources_tell_rows_and_what_the_newest_release_changed():
    sources = pd.DataFrame(
        {
            "source_code": ["people", "z", "ł"],
            "kind": ["population", "register", "register"],
            "name": ["Ludność", "Zestawienie", "Łódzkie"],
            "as_of": [AS_OF, None, AS_OF],
            "rows_accepted": [2477, 10, 20],
            "rows_rejected": [1302, 0, 1],
        }
    )
    newest = {
        code: SimpleNamespace(records_added=2, records_changed=71, records_unchanged=9, records_vanished=1)
        for code in sources["source_code"]
    }
    assert source_table(sources, newest, TEXTS).to_numpy().tolist() == [
        ["Łódzkie", "30 czerwca 2026", "20", "1", "2", "71", "9", "1"],
        ["Zestawienie", "bez podanej daty", "10", "0", "2", "71", "9", "1"],
        ["Ludność", "30 czerwca 2026", "2\u00a0477", "1\u00a0302", "–", "–", "–", "–"],
    ]


def test_totals_that_agree_are_counted_by_register():
    totals = pd.DataFrame(
        [("b", 10, 10), ("b", 5, 4), ("a", 7, 7)], columns=["source_code", "stated", "computed"]
    )
    assert agreeing_totals(totals) == [("b", 2, 1), ("a", 1, 1)]
    assert agreeing_totals(totals.head(0)) == []


def test_polish_says_ze_before_a_hundred():
    said = [TEXTS.t(agreement_key(totals), source="a", equal=7, totals=totals) for totals in (8, 110)]
    assert said == ["a: z wierszami zgadza się 7 z 8 sum.", "a: z wierszami zgadza się 7 ze 110 sum."]


def test_every_form_stands_once_and_an_unverified_one_is_marked_in_words():
    tables = form_tables(TEXTS)
    rows = pd.concat(tables.values())
    assert sorted(rows["Forma"]) == sorted(form.name["pl"] for form in support_forms().values())
    marks = rows.set_index("Forma")["Sprawdzone?"]
    assert marks["dom pomocy społecznej"] == "tak"
    assert marks["łaźnia / pralnia"] == "częściowo"
    assert marks["klub seniora (poza programem „Senior+”)"] == "NIE – niesprawdzone"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_a_profile_has_words(lang):
    """The page told "may_lead_to_protected: 77" and "no_door: 16" between Polish lines."""
    profiles = (REPOSITORY / "data" / "registers").glob("*.toml")
    told = {
        name
        for path in profiles
        for name in re.findall(r'reason = "(\w+)"', path.read_text(encoding="utf-8"))
    }
    texts = texts_of(lang)
    assert told
    for reason in told | {"may_lead_to_protected", "other_unit"}:
        assert texts.has(f"rejected.{reason}"), reason
