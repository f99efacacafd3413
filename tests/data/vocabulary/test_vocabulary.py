"""The vocabulary is whole, in every language, and narrows DPS profiles to their own groups."""

import csv
import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from data.store.schema import VISIBILITIES
from data.vocabulary import (
    FOLDER,
    VocabularyError,
    can_be_own,
    cus_areas,
    form_groups,
    forms_for_group,
    has_door,
    is_valid_on,
    is_wide,
    need_groups,
    need_groups_of,
    people_indicators,
    screen_groups,
    support_forms,
)
from data.vocabulary import VISIBILITIES as VOCABULARY_VISIBILITIES
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.osm_tags import form_of_tags, may_be_support

DI_CLASSES = {"community", "conditional", "institutional", "enabling"}


def entries() -> list:
    return [
        *support_forms().values(),
        *need_groups().values(),
        *form_groups().values(),
        *cus_areas().values(),
    ]


def test_three_groups_are_on_screen_and_each_has_forms():
    assert all(forms_for_group(group) for group in screen_groups())
    assert screen_groups() == ("older", "disabled", "homeless")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_given_in_every_language(language):
    named = [*entries(), *people_indicators()]
    assert all(entry.name[language].strip() for entry in named)


def test_ukrainian_names_are_ukrainian():
    latin_allowed = re.compile(r"\([A-ZŚ]+\)|ROPS|OPS|MRiPS|GUS BDL")
    for form in support_forms().values():
        assert not re.search(r"[A-Za-zĄ-ż]", latin_allowed.sub("", form.name["uk"])), form.code


def test_every_word_of_a_form_is_known():
    for form in support_forms().values():
        assert set(form.need_groups) <= set(need_groups()), form.code
        assert form.di_class in DI_CLASSES, form.code
        assert form.default_visibility in VISIBILITIES, form.code


def test_offices_that_direct_people_to_help_are_not_help():
    for group in screen_groups():
        assert not {"INS-OPS", "INS-CUS", "INS-PCPR"} & set(forms_for_group(group))


@pytest.mark.parametrize(
    ("form", "expected"), [("CAL-DPS", True), ("BEZ-STR", False), ("BEZ-MED", True), ("DOM-UO", False)]
)
def test_forms_without_a_door(form, expected):
    assert has_door(form) is expected


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [
        ("dla osób w podeszłym wieku", ("older",)),
        ("dla dzieci i młodzieży niepełnosprawnych intelektualnie", ("disabled",)),
        ("dla osób przewlekle psychicznie chorych", ("mental_health",)),
        ("dla osób w podeszłym wieku oraz niepełnosprawnych fizycznie", ("older", "disabled")),
    ],
)
def test_dps_profile_narrows_the_groups(subtype, expected):
    assert need_groups_of("CAL-DPS", subtype) == expected


def test_unknown_profile_leaves_the_groups_of_the_form():
    assert need_groups_of("CAL-DPS", "profil nieznany") == support_forms()["CAL-DPS"].need_groups
    assert need_groups_of("DZI-SDS", None) == ("disabled", "mental_health")


DISRESPECTFUL = re.compile(
    r"\bbezdomni\b|\bbezdomnych\b(?<!osób bezdomnych)|\binwalid|\bstarcy\b|\bpensjonariusz"
    r"|\bdisabled people\b|\bthe homeless\b|бездомн(і|их) (?!людей)",
    re.IGNORECASE,
)


def test_names_speak_of_people_first():
    # "wspieranie osób niepełnosprawnych" is the act's own name of an area.
    for entry in [*entries(), *people_indicators()]:
        for language in LANGUAGES:
            assert not DISRESPECTFUL.search(entry.name[language]), entry.name[language]


FAMILY_OF = {
    "DOM-UO": "home",
    "DZI-SDS": "day",
    "MIE-TRE": "housing",
    "CAL-DPS": "residential",
    "OPW-CAL": "respite",
    "BEZ-NOC": "homelessness",
    "ZYW-JAD": "food",
    "KRY-OIK": "crisis",
    "REI-WTZ": "reintegration",
    "MOB-D2D": "mobility",
    "INS-OPS": "entry_point",
}


def test_every_form_stands_in_a_group_of_its_own_kind():
    assert {form.group for form in support_forms().values()} == set(form_groups())
    assert {code: support_forms()[code].group for code in FAMILY_OF} == FAMILY_OF


def test_the_cus_act_names_fourteen_areas_and_forms_belong_to_those_of_their_law():
    assert len(cus_areas()) == 14
    assert support_forms()["CAL-DPS"].cus_areas == ("social_assistance",)
    assert support_forms()["REI-WTZ"].cus_areas == ("disability_support",)
    assert support_forms()["REI-CIS"].cus_areas == ("reintegration",)
    resting_on_programmes = ("DOM-ASY", "OPW-DZI", "DZI-DDS", "INS-CUS")
    assert not any(support_forms()[form].cus_areas for form in resting_on_programmes)
    assert not any(form.cus_areas for form in support_forms().values() if not form.is_verified)


def test_what_is_not_verified_says_how_far():
    said = {form.verification for form in support_forms().values()}
    assert said == {"yes", "partial", "unverified"}
    assert all(form.is_verified == (form.verification == "yes") for form in support_forms().values())


def test_vacancies_grey_only_where_there_are_places():
    forms = support_forms()
    assert (forms["CAL-DPS"].vacancy_days, forms["BEZ-NOC"].vacancy_days, forms["DOM-UO"].vacancy_days) == (
        45,
        2,
        None,
    )
    assert (forms["CAL-DPS"].review_days, forms["BEZ-SCH"].review_days, forms["BEZ-OGR"].review_days) == (
        365,
        180,
        90,
    )
    for form in forms.values():
        assert (form.vacancy_days is None) == (form.capacity_unit not in {"places", "jobs"}), form.code
        assert form.vacancy_days is None or form.vacancy_days <= form.review_days, form.code


@pytest.mark.parametrize(
    ("form", "day", "expected"),
    [
        ("MIE-TRE", dt.date(2023, 10, 31), False),
        ("MIE-TRE", dt.date(2023, 11, 1), True),
        ("CAL-DPS", dt.date(1990, 1, 1), True),
    ],
)
def test_a_form_is_valid_from_its_first_day(form, day, expected):
    assert is_valid_on(form, day) is expected


def test_words_of_the_vocabulary_are_those_of_the_schema():
    assert set(VOCABULARY_VISIBILITIES) == set(VISIBILITIES)


@pytest.mark.mirror
def test_facts_of_the_proposal_are_kept(mirror):
    with (mirror / "taxonomy_proposal.csv").open(encoding="utf-8", newline="") as file:
        proposal = {row["code"]: row for row in csv.DictReader(file)}
    with (mirror / "vocabulary_corrections.csv").open(encoding="utf-8", newline="") as file:
        corrected = {
            row["form_code"]: row["should_be"] for row in csv.DictReader(file) if row["field"] == "verified"
        }
    assert [code for code in support_forms() if code in proposal] == list(proposal)
    for code, row in proposal.items():
        form = support_forms()[code]
        tags = ";".join(f"{key}={value}" for key, values in form.osm_tags.items() for value in values)
        assert (form.group, tags) == (row["group"], row["osm_tags"]), code
        assert str(form.valid_from or "") == row["valid_from"], code
        # Of clothing only the public half was read: it stays partly verified.
        verified = row["verified"] if code == "BEZ-ODZ" else corrected.get(code, row["verified"])
        assert (form.di_class, form.verification) == (row["di_class"], verified), code


NEAR = {
    *("DOM-UO", "DOM-SUO", "DOM-SAS", "DOM-TEL", "DOM-ASY", "DZI-DDP", "DZI-DDS", "DZI-KLS", "DZI-KSN"),
    *("DZI-SDS", "DZI-KSP", "DZI-COM", "OPW-DZI", "BEZ-NOC", "BEZ-OGR", "BEZ-STR", "BEZ-LAZ", "BEZ-MED"),
    *("BEZ-MPP", "BEZ-ODZ", "ZYW-JAD", "ZYW-DOW", "ZYW-PUN", "KRY-POR", "REI-WTZ", "REI-ZAZ", "REI-CIS"),
    *("REI-KIS", "REI-PS", "MOB-D2D", "MOB-WYP", "INS-OPS", "INS-CUS"),
}
WIDE = {
    *("CAL-DPS", "CAL-PLA", "CAL-RDP", "CAL-ZOL", "MIE-TRE", "MIE-WSP", "MIE-NM", "OPW-CAL", "OPW-KRO"),
    *("BEZ-SCH", "BEZ-SUO", "ZYW-BAN", "KRY-OIK", "KRY-DMK", "KRY-SOW", "INS-PCPR", "INS-OWES"),
}


def test_forms_that_people_come_to_from_anywhere_are_wide():
    assert {code for code in (*NEAR, *WIDE) if is_wide(code)} == WIDE
    assert "art. 54, 59" in support_forms()["CAL-DPS"].use_authority


def test_a_council_may_keep_day_support_for_its_own_residents():
    kept = {code for code in (*NEAR, *WIDE) if can_be_own(code)}
    assert kept == {"DZI-DDP", "DZI-DDS", "DZI-KLS", "DZI-KSN", "DZI-SDS", "DZI-KSP", "DZI-COM"}


@pytest.mark.mirror
def test_what_the_corrections_are_sure_of_is_taken(mirror):
    with (mirror / "vocabulary_corrections.csv").open(encoding="utf-8", newline="") as file:
        sure = [row for row in csv.DictReader(file) if row["certainty"] == "A"]
    for row in sure:
        form, field, should_be = support_forms()[row["form_code"]], row["field"], row["should_be"]
        if field in {"authority", "responsible_level", "official_register"} and "bez zmiany" not in should_be:
            assert getattr(form, field) == should_be, (form.code, field)
        if field == "need_groups":
            assert ";".join(form.need_groups) == re.split(r" [(–]", should_be)[0], form.code
        if field == "name_pl":
            assert form.name["pl"] == should_be


def test_types_of_self_help_homes_narrow_their_groups():
    assert need_groups_of("DZI-SDS", "osoby przewlekle psychicznie chore") == ("mental_health",)
    assert need_groups_of("DZI-SDS", "osoby z niepełnosprawnością intelektualną") == ("disabled",)
    of_all = (
        "osoby przewlekle psychicznie chore, osoby ze spektrum autyzmu lub niepełnosprawnościami sprzężonymi"
    )
    assert need_groups_of("DZI-SDS", of_all) == ("mental_health", "disabled")


NEW_CELLS = {
    **{f"name_{language}": f"day home ({language})" for language in LANGUAGES},
    **{f"use_{language}": f"residents ({language})" for language in LANGUAGES},
    "code": "DZI-NEW",
    "group": "day",
    "name_en": "example day home",
    "need_groups": "older",
    "di_class": "community",
    "delivery_modes": "point",
    "capacity_unit": "places",
    "use": "near",
    "use_authority": "uchwała o klubie",
    "use_en": "residents of the gmina",
    "kind": "home",
    "is_kind_sure": "yes",
    "default_visibility": "public",
    "authority": "uchwała przykładowa",
    "verified": "unverified",
    "valid_from": "2027-01-01",
    "valid_to": "2027-12-31",
    "responsible_level": "gmina",
    "cus_areas": "social_assistance",
    "review_days": "365",
    "vacancy_days": "90",
    "osm_tags": "amenity=social_centre",
}
"""Of a form that nobody has; other columns are empty."""


def new_form() -> str:
    header = (FOLDER / "support_forms.csv").read_text(encoding="utf-8").splitlines()[0]
    return ",".join(NEW_CELLS.get(column, "") for column in header.split(",")) + "\n"


NEW_FORM = new_form()

LINE = len(support_forms()) + 2
"""Of the new form, below the header."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "vocabulary"))


def append(folder: Path, line: str) -> None:
    with (folder / "support_forms.csv").open("a", encoding="utf-8") as file:
        file.write(line)


def test_adding_a_form_is_a_line_of_data(copied):
    append(copied, NEW_FORM)
    forms = support_forms(copied)
    assert list(forms) == [*support_forms(), "DZI-NEW"]
    assert forms["DZI-NEW"].kind.kind == "home"
    assert forms["DZI-NEW"].name["en"] == "example day home"
    assert (forms["DZI-NEW"].valid_to, forms["DZI-NEW"].vacancy_days) == (dt.date(2027, 12, 31), 90)
    assert form_of_tags({"amenity": "social_centre"}, folder=copied) == "DZI-NEW"
    assert "DZI-NEW" not in support_forms()


@pytest.mark.parametrize(
    ("word", "instead", "column"),
    [
        ("DZI-NEW", "CAL-DPS", "code"),
        ("DZI-NEW", "new form", "code"),
        (",day,", ",night,", "group"),
        ("example day home", " ", "name_en"),
        (",older,", ",older;older,", "need_groups"),
        (",older,", ",olders,", "need_groups"),
        (",community,", ",private,", "di_class"),
        (",point,", ",door,", "delivery_modes"),
        (",places,", ",beds,", "capacity_unit"),
        (",places,", ",people,", "vacancy_days"),
        (",near,", ",far,", "use"),
        ("residents of the gmina", " ", "use_en"),
        (",home,", ",night,", "kind"),
        (",yes,", ",perhaps,", "is_kind_sure"),
        (",public,", ",secret,", "default_visibility"),
        ("unverified", "perhaps", "verified"),
        ("2027-01-01", "2027-13-01", "valid_from"),
        ("2027-12-31", "2026-12-31", "valid_to"),
        ("social_assistance", "police", "cus_areas"),
        (",365,", ",0,", "review_days"),
        (",90,", ",,", "vacancy_days"),
        ("amenity=social_centre", "amenity:social_centre", "osm_tags"),
        ("amenity=social_centre,", ",klub", "osm_name"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(copied, word, instead, column):
    assert word in NEW_FORM
    append(copied, NEW_FORM.replace(word, instead))
    with pytest.raises(VocabularyError, match=rf"support_forms\.csv, line {LINE}, column {column}: expected"):
        support_forms(copied)


def test_a_short_line_and_a_missing_column_are_named(copied):
    append(copied, "DZI-NEW,day\n")
    with pytest.raises(VocabularyError, match=rf"support_forms\.csv, line {LINE}: expected \d+ cells"):
        support_forms(copied)
    names = ",".join(f"name_{lang}" for lang in LANGUAGES if lang != "en")
    (copied / "cus_areas.csv").write_text(f"code,{names},name_xx,code\n", encoding="utf-8")
    with pytest.raises(
        VocabularyError, match=r"cus_areas\.csv, line 1: expected the columns .* Put in: name_en\. "
    ) as told:
        cus_areas(copied)
    assert str(told.value).endswith("Take out: name_xx, code.")


def tagged(kind: str, people: str = "", **tags: str) -> dict[str, str]:
    group = {"social_facility:for": people} if people else {}
    return {"amenity": "social_facility", "social_facility": kind} | group | tags


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (tagged("shelter", "homeless", name="Noclegownia dla mężczyzn"), "BEZ-NOC"),
        (tagged("shelter", "homeless", name="Schronisko św. Brata Alberta"), "BEZ-SCH"),
        (tagged("shelter", "homeless", name="Schronisko z usługami opiekuńczymi"), "BEZ-SUO"),
        (tagged("shelter", "homeless", name="Ogrzewalnia miejska"), "BEZ-OGR"),
        (tagged("shelter", "homeless", name="Dom pod Gwiazdą"), None),
        (tagged("shelter", "homeless", name="Noclegownia i ogrzewalnia"), None),
        (tagged("nursing_home", "senior", name="DPS nr 2"), "CAL-DPS"),
        (tagged("nursing_home", "senior", name="Dom Seniora"), None),
        (tagged("soup_kitchen"), "ZYW-JAD"),
        (tagged("food_bank", name="Bank Żywności w Zmyślinie"), "ZYW-BAN"),
        (tagged("food_bank"), "ZYW-PUN"),
        (tagged("day_care", "senior", name="Dzienny Dom „Senior+”"), "DZI-DDS"),
        (tagged("workshop", "disabled; mental_health", name="WTZ"), "REI-WTZ"),
        ({"amenity": "shower", "name": "Prysznic na plaży"}, None),
        ({"office": "government", "government": "social_services", "name": "MOPS"}, None),
        ({"office": "ngo", "name": "Fundacja Przykład"}, None),
        ({}, None),
    ],
)
def test_the_form_of_an_osm_element(tags, expected):
    assert form_of_tags(tags) == expected


def test_a_place_that_may_need_protection_is_never_shown_as_another():
    tags = tagged("shelter", "homeless;abused", name="Noclegownia")
    assert form_of_tags(tags) == "KRY-SOW"
    assert support_forms()["KRY-SOW"].default_visibility == "hidden"


def test_elements_that_may_be_support():
    assert may_be_support(tagged("unknown_kind"))
    assert may_be_support({"office": "government", "government": "social_services"})
    assert not may_be_support({"amenity": "bench"})
