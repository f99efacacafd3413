"""Sixty views beside the raw files: what they say is what the files give, or a line of the report says where not."""

import ast
import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from layers.indicators import INDICATORS
from layers.indicators.balance import BALANCE
from tests.truth.addresses import addresses
from tests.truth.checks.card import wrong_card
from tests.truth.checks.over_time import wrong_history
from tests.truth.checks.sentences import check_sentences, sentences
from tests.truth.checks.table import check_table
from tests.truth.checks.view import check_view
from tests.truth.recompute.figures.expected import Expected
from tests.truth.recompute.question import Question
from tests.truth.recompute.raw import Raw
from tests.truth.sentences import numbers_of

pytestmark = pytest.mark.mirror

VIEWS = addresses()
_RECOMPUTE = Path(__file__).with_name("recompute")
_OURS = {"geo", "data", "layers", "app"}
SITES = {
    f"{view}_{lang}": f"{VIEWS[view]}&lang={lang}"
    for view in ("dps_gap_powiats", "siting_club")
    for lang in ("uk", "en")
}
"""Sentences of new sites in the other languages."""
NAMESAKES = {"dps_kujawsko_pomorskie_gminas": "scope=04&level=gmina"}
"""Where homes stand that their register names by a village of which the powiat has two."""
TRANSLATED = {
    (view, lang): f"{VIEWS[view]}&lang={lang}"
    for view in (
        "dps_voivodeship", "dps_country", "shelter_powiats", "dps_count_gminas", "wtz_count", "club_own",
        "club_coverage_detour", "club_access_2sfca", "club_gap_2035", "cus", "knowledge_dps", "scenario_club",
        "people_country", "shelters_of_country", "workshops_of_residents", "dps_gap_mazowieckie",
    )
    for lang in ("uk", "en")
}  # fmt: skip
"""Views of each kind of sentence whose numbers are computed again in Polish: in other languages they are the same."""
OTHER_YEARS = {"dps_gminas_2035": "scope=12&year=2035"}
"""What stands in gminas, with rates and gauges of people of another year; the files read here have none before 2022."""
SPOKEN = VIEWS | SITES | NAMESAKES | OTHER_YEARS


@pytest.fixture(scope="module")
def said(real_database_url: str) -> dict[str, dict]:
    """Give what each view says: the application's own command, in a process of its own."""
    spoken = subprocess.run(
        [sys.executable, "-m", "layers", "say", "-"],
        input="\n".join([*SPOKEN.values(), *TRANSLATED.values()]),
        env={**os.environ, "SUPPORT_MAP_DATABASE_URL": real_database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert spoken.returncode == 0, spoken.stderr
    names = [*SPOKEN, *map("_".join, TRANSLATED)]
    return dict(zip(names, map(json.loads, spoken.stdout.splitlines()), strict=True))


@pytest.fixture(scope="module")
def raw(mirror: Path) -> Raw:
    """Give the raw files, read without the application."""
    return Raw(mirror)


def expected_of(raw: Raw, view: str) -> Expected:
    return Expected.asked(raw, Question.of(SPOKEN[view]))


def test_there_are_views_of_every_kind() -> None:
    asked = [Question.of(address) for address in VIEWS.values()]
    assert len(asked) >= 68
    untold = set(INDICATORS) - set(BALANCE) - {question.indicator for question in asked}
    assert not untold, (
        f"expected a view of each indicator, found none of {sorted(untold)}; write one into tests/truth/views.toml, "
        "its figure into tests/truth/recompute/figures/answer.py, its column into tests/truth/checks/table.py"
    )
    assert {question.level for question in asked} == {"gmina", "powiat", "voivodeship"}
    assert {question.group for question in asked} == {"older", "disabled", "homeless"}
    assert {question.lang for question in asked} == {"pl", "uk", "en"}
    assert {question.year for question in asked} == {0, 2035}
    assert any(question.scenario for question in asked)
    assert any(question.chosen for question in asked)
    assert any("other=" in address for address in VIEWS.values())


@pytest.mark.parametrize(
    "path", sorted(_RECOMPUTE.rglob("*.py")), ids=lambda path: "-".join(path.relative_to(_RECOMPUTE).parts)
)
def test_nothing_of_ours_computes_the_figures_again(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    assert not {name.partition(".")[0] for name in names} & _OURS
    assert all(name.startswith("tests.truth.recompute") for name in names if name.startswith("tests"))


@pytest.mark.parametrize("view", SPOKEN)
def test_what_a_view_says_is_what_the_files_give(view: str, said: dict[str, dict], raw: Raw) -> None:
    found = check_view(view, said[view], expected_of(raw, view))
    assert not found, "\n" + "\n".join(map(str, found))


@pytest.mark.parametrize(("view", "lang"), TRANSLATED)
def test_a_view_tells_the_same_numbers_in_every_language(view: str, lang: str, said: dict[str, dict]) -> None:
    """A sentence of no pattern was passed over where no view was said in its language."""
    polish, other = said[view], said[f"{view}_{lang}"]
    unread = [words for words in sentences(other) if numbers_of(words, lang) is None]
    assert not unread
    for one, same in zip(sentences(polish), sentences(other), strict=True):
        told = [{(n.name, n.value) for n in numbers_of(*words)} for words in ((one, "pl"), (same, lang))]
        assert told[0] == told[1], (one, same)


def test_a_number_is_as_sure_as_its_share(said: dict[str, dict]) -> None:
    """Kraków in 2035: "at most 6" places stood beside a share that may be more."""
    (cracow,) = [row for row in said["dps_gap_2035"]["rows"] if row["area_code"] == "1261"]
    assert cracow["written"]["missing_places"] == "6 (niepewne)"
    assert cracow["written"]["gap_share"] == "0,8% (niepewne)"


def test_numbers_of_the_issue(raw: Raw) -> None:
    homes = raw.registers.dps_malopolskie
    assert (homes["waiting"].sum(), homes["vacant"].sum(), homes["places"].sum()) == (206, 175, 8126)
    assert expected_of(raw, "dps_powiats").norm == pytest.approx(4.3296, abs=5e-4)
    assert (raw.people.older(year=2022).sum(), raw.people.older(80, 2022).sum()) == (7_353_455, 1_600_312)
    assert (raw.people.older(80, 2030).sum(), raw.people.older(80, 2040).sum()) == (2_099_269, 3_053_648)


def test_the_readers_agree_with_the_sums_of_the_publisher(raw: Raw) -> None:
    sums = raw.registers.dps_malopolskie.groupby("powiat_code")[["places", "vacant", "waiting"]].sum()
    assert (sums == raw.registers.dps_malopolskie_totals).all(axis=None)
    # The sheets of Kujawsko-Pomorskie and of clubs state these sums themselves, the second in its publisher's letter.
    assert raw.registers.dps_kujawsko_pomorskie["places"].sum() == 3990
    assert raw.registers.senior_malopolskie["places"].sum() == 2571
    # Of Podkarpackie 21 places are of short stay, which is a form of its own.
    homes = raw.registers.dps_podkarpackie
    assert (homes["places"].sum(), homes["vacant"].sum()) == (4912 - 21, 254 - 15)
    assert raw.registers.dps_mazowieckie["places"].sum() == 9982
    assert len(raw.registers.wtz) == 724


def test_a_number_changed_on_an_earlier_day_is_seen(said: dict[str, dict], raw: Raw) -> None:
    lying = copy.deepcopy(said["dps_country"])
    stocks = {register["source_code"]: register["whole_stocks"] for register in lying["over_time"]}
    assert [stock["vacant_places"] for stock in stocks["malopolskie-dps"]] == [136, 110, 107, 175]
    # As the sheet says itself, without 15 free places of short stay.
    assert stocks["podkarpackie-dps"][-1]["vacant_places"] == 254 - 15
    stocks["malopolskie-dps"][0]["waiting_persons"] += 1
    (found,) = wrong_history("dps_country", lying["over_time"], expected_of(raw, "dps_country"))
    assert found.where == "2025-05-31 waiting_persons"


def test_a_card_names_the_office_with_the_telephone_of_its_list(said: dict[str, dict], mirror: Path) -> None:
    rows = pd.read_csv(mirror / "registers/national/jst_offices_2023-09.csv", dtype=str)
    (office,) = rows[(rows["type"] == "P") & (rows["teryt"] == "1206000")].itertuples()
    line = said["card_krakowski"]["card"]["office"]
    assert office.phone in line
    assert office.office in line
    assert "nie ośrodek pomocy społecznej" in line


def test_a_home_of_which_the_register_names_only_the_powiat(raw: Raw) -> None:
    """The home in Wysoka: PRNG has that of Cekcyn alone, the address points that of Tuchola, too."""
    homes = raw.registers.dps_kujawsko_pomorskie
    here = homes[homes["powiat_code"] == "0416"]
    assert here["places"].tolist() == [46]
    assert here["gmina_code"].isna().all()
    assert "0416" in raw.registers.unplaced_homes
    # No gmina of the powiat may be told that it has none.
    assert raw.somewhere("CAL-DPS", "older") == ["0416"]
    assert raw.known("CAL-DPS", "older")[["040703", "041601", "041606"]].tolist() == [True, False, False]
    # Two gminas have a Belno: the list of all workshops names the post office of the one that is meant.
    assert raw.somewhere("REI-WTZ", "disabled") == []
    assert raw.somewhere("BEZ-SCH", "homeless") == ["10", "2216"]


def test_a_village_that_only_the_second_list_has(raw: Raw) -> None:
    """Warzyn, 13 addresses in Gniewkowo: PRNG has no village of the name in the powiat."""
    homes = raw.registers.dps_kujawsko_pomorskie
    here = homes[homes["powiat_code"] == "0407"]
    assert here["places"].tolist() == [87, 80, 80, 100, 90], "five homes, 437 places"
    assert here["gmina_code"].iloc[0] == "040703"
    assert "0407" not in raw.registers.unplaced_homes


@pytest.mark.parametrize("view", ["shelter_powiats", "shelter_voivodeship"])
def test_shelters_are_of_the_days_that_their_rows_state(
    view: str, said: dict[str, dict], mirror: Path
) -> None:
    """One of 2017 was hidden by "a day that the sources do not state": seven of the twelve rows state one."""
    rows = pd.read_csv(mirror / "registers/compiled/homelessness.csv", dtype=str)
    here = rows[(rows["facility_kind"] == "BEZ-SCH") & (rows["voivodeship"] == "małopolskie")]
    days = here["as_of_date"].dropna().sort_values()
    assert (len(here), len(days), days.iloc[0], days.iloc[-1]) == (12, 7, "2017-01-09", "2024-01")
    told = "różne daty: od 9 stycznia 2017 do stycznia 2024; część danych bez daty"
    assert said[view]["as_of"].replace("\u00a0", " ") == f"Stan danych na {told}"
    assert said[view]["legend"]["date"].replace("\u00a0", " ") == f"stan na {told}"


def test_plans_are_of_the_day_of_their_list(said: dict[str, dict], mirror: Path) -> None:
    days = pd.read_csv(mirror / "registers/compiled/lpdi_status.csv", dtype=str)["as_of"].unique()
    assert days.tolist() == ["2024-05-21"]
    # Of Małopolskie no plan is known, so that nothing is of any day.
    told = {
        "plans": "Stan danych: nie mamy takich danych",
        "plans_pomorskie_uk": "Дані станом на 21 травня 2024 р.",
    }
    for view, day in told.items():
        assert said[view]["as_of"].translate({0xA0: " ", 0x202F: " "}) == day


# A test that lies must fail: what is said is changed, and the check has to see it.


def test_a_number_changed_in_a_title_is_seen(said: dict[str, dict], raw: Raw) -> None:
    lying = copy.deepcopy(said["club_gminas"])
    assert "121" in lying["title"]
    lying["title"] = lying["title"].replace("121", "122")
    (found,) = check_sentences("club_gminas", lying, expected_of(raw, "club_gminas"))
    assert "122 as zero_areas" in found.said
    assert found.computed == "121"
    assert "senior_plus" in found.file


def test_every_number_of_every_sentence_is_looked_at(said: dict[str, dict], raw: Raw) -> None:
    """Change each digit of each sentence in turn: no change may pass."""
    for view in ("club_coverage_detour", "sds_powiats_uk", "day_home_access_en", "dps_2035"):
        expected, honest = expected_of(raw, view), said[view]
        assert not check_sentences(view, honest, expected)
        for part, sentence in enumerate(sentences(honest)):
            for position, letter in enumerate(sentence):
                if letter.isdecimal():
                    other = str((int(letter) + 1) % 10)
                    lie = sentence[:position] + other + sentence[position + 1 :]
                    lying = {**honest, "title": lie, "subtitle": "", "notes": [], "summary": []}
                    assert check_sentences(view, lying, expected), (view, part, lie)


def test_a_sentence_that_nobody_knows_is_seen(said: dict[str, dict], raw: Raw) -> None:
    lying = {**said["club_gminas"], "notes": ["Do 2027 r. zabraknie 500 miejsc."]}
    (found,) = check_sentences("club_gminas", lying, expected_of(raw, "club_gminas"))
    assert found.said == "a sentence of no pattern"


def test_a_number_changed_in_a_table_is_seen(said: dict[str, dict], raw: Raw) -> None:
    lying = copy.deepcopy(said["club_coverage"])
    lying["rows"][5]["demand_persons"] += 1
    lying["rows"][7]["written"]["facilities_count"] = "9"
    found = check_table("club_coverage", lying, expected_of(raw, "club_coverage"))
    assert [line.where.partition(" of ")[0] for line in found] == [
        "demand_persons", "demand_persons", "facilities_count",
    ]  # fmt: skip


def test_a_number_changed_on_a_card_is_seen(said: dict[str, dict], raw: Raw) -> None:
    """Change one digit of each section: what is not on the short list may not pass."""
    view = "card_krakowski"
    expected, honest = expected_of(raw, view), said[view]
    assert not list(wrong_card(view, honest, expected))
    for keys in (
        ("people", "pairs", 0, 1), ("services", "pairs", 3, 1), ("triad", "rows", 0, 1), ("gauges", "lines", 3),
        ("over_time", "lines", 0), ("over_time", "lines", 1),
        ("forecast", "rows", 3, 2), ("organisation", "pairs", 1, 1), ("facilities", "items", 0, 1),
        ("neighbours", "items", 2, 1),
    ):  # fmt: skip
        lying = copy.deepcopy(honest)
        part = lying["card"]
        for key in keys[:-1]:
            part = part[key]
        # The last number of the words; a year of a sentence is not read as one.
        number = re.findall("[0-9]+", part[keys[-1]])[-1]
        other = str((int(number[0]) + 5) % 10) + number[1:]
        head, _, tail = part[keys[-1]].rpartition(number)
        part[keys[-1]] = head + other + tail
        assert list(wrong_card(view, lying, expected)), keys


def test_a_number_that_no_rule_reads_is_seen(said: dict[str, dict], raw: Raw) -> None:
    lying = copy.deepcopy(said["card_krakowski"])
    lying["card"]["triad"]["notes"] = ["Do 2027 r. zabraknie 500 miejsc."]
    (found,) = wrong_card("card_krakowski", lying, expected_of(raw, "card_krakowski"))
    assert found.said == "a sentence of no pattern"
    column = copy.deepcopy(said["club_gminas"])
    column["rows"][0]["new_places"] = 7
    assert any(
        line.where == "new_places"
        for line in check_table("club_gminas", column, expected_of(raw, "club_gminas"))
    )


def test_a_sentence_without_digits_needs_no_pattern() -> None:
    assert numbers_of("Liczone są tylko placówki o profilu dla tej grupy.", "pl") == []
    assert numbers_of("Brakuje 7 miejsc.", "pl") is None
