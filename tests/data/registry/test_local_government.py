"""How gminas organise services, and local plans: what is known, what is not, and never a share of the known only."""

from dataclasses import replace

import pandas as pd
import pytest

from data.loading.load import load_all
from data.registry.local_government import organisation_by_gmina, plans_by_area, progress
from data.registry.reading import read_registry
from data.registry.registry import PLAN_COLUMNS
from data.sources.country.local_plans import read_local_plans
from data.sources.staged import SourceFormatError
from data.store.settings import Settings
from geo.errors import OptionError
from tests.support.tiny_world import AS_OF, service, tiny_registry

COLUMNS = ["support_form", "voivodeship_code", "except_area_codes", "source_code", "as_of"]
HEADER = "unit_name,unit_level,teryt,status,as_of,source_url,note"


def _world(*services, complete=("12",)):
    registry = tiny_registry(list(services))
    claims = pd.DataFrame([("INS-CUS", code, [], "centres", AS_OF) for code in complete], columns=COLUMNS)
    return replace(registry, register_coverage=claims)


def _office(number, gmina, **changes):
    return service(number, gmina, support_form="INS-OPS", **changes)


def _centre(number, gmina, **changes):
    return service(number, gmina, support_form="INS-CUS", **changes)


def _told(registry):
    frame = organisation_by_gmina(registry)
    return dict(zip(frame["area_code"], frame["organisation"], strict=True))


def test_an_office_alone_is_told_only_where_all_centres_are_listed():
    registry = _world(_office(1, "120001"), _office(2, "240001"))
    assert _told(registry) == {"120001": "ops_only", "120002": None, "240001": None}
    row = organisation_by_gmina(registry).iloc[0]
    # Both the list of the office and the list of all centres say it.
    assert (row["source_codes"], row["dated_on"]) == (["centres", "register"], AS_OF)
    assert _told(_world(_office(1, "120001"), complete=())) == dict.fromkeys(("120001", "120002", "240001"))


def test_a_working_centre_goes_before_a_planned_one_and_both_before_an_office():
    registry = _world(
        _office(1, "120001"),
        _centre(2, "120001"),
        _office(3, "120002"),
        _centre(4, "120002", status="planned", is_counted=False, dated_on=None),
        _centre(5, "240001", status="planned", is_counted=False),
        _centre(6, "240001", source_url="https://example.org/cus"),
    )
    assert _told(registry) == {"120001": "cus", "120002": "cus_preparing", "240001": "cus"}
    by_code = organisation_by_gmina(registry).set_index("area_code")
    assert by_code.loc["120002", "dated_on"] is None
    assert by_code.loc["240001", "source_urls"] == ["https://example.org/cus"]


@pytest.mark.parametrize("status", ["closed", "suspended", "moved", "funding_only"])
def test_a_centre_that_does_not_work_is_no_centre(status):
    gone = _centre(1, "120001", status=status, is_counted=False)
    assert _told(_world(gone, complete=()))["120001"] is None
    assert _told(_world(gone, _office(2, "120001")))["120001"] == "ops_only"


def test_a_centre_that_a_complete_register_lacks_is_not_taken():
    aside = _centre(1, "120001", is_counted=False, set_aside_by="centres")
    planned = _centre(2, "120002", is_counted=False, status="planned", set_aside_by="centres")
    assert _told(_world(aside, planned)) == dict.fromkeys(("120001", "120002", "240001"))


def test_order_of_rows_does_not_matter():
    rows = [_office(1, "120001"), _centre(2, "120001"), _office(3, "120002")]
    assert _told(_world(*rows)) == _told(_world(*rows[::-1]))


def _with_plans(*plans, services=()):
    rows = [(code, code, status, "2026", "https://example.org", None, "plans") for code, status in plans]
    return replace(_world(*services), local_plans=pd.DataFrame(rows, columns=PLAN_COLUMNS))


def test_plans_leave_the_others_without_data():
    registry = _with_plans(("120001", "adopted"), ("1200", "none"))
    plans = plans_by_area(registry, "gmina")
    assert plans[["area_code", "status"]].to_numpy().tolist() == [
        ["120001", "adopted"],
        ["120002", None],
        ["240001", None],
    ]
    assert plans_by_area(registry, "powiat")["status"].tolist() == ["none", None]
    with pytest.raises(OptionError, match="gmina or powiat, found 'voivodeship'"):
        plans_by_area(registry, "voivodeship")


def test_progress_is_over_all_units_and_counts_add_up():
    registry = _with_plans(
        ("120001", "adopted"), ("120002", "preparing"), ("2400", "none"), services=[_centre(1, "120001")]
    )
    found = progress(registry).set_index("measure")
    # 3 gminas and 2 powiats: 1 of 5 is known to have a plan, so at least a fifth.
    assert found.loc["plan"].to_list() == [5, 1, 1, 1, 2, 0.2]
    assert found.loc["plan_powiat"].to_list() == [2, 0, 0, 1, 1, 0.0]
    # One centre of three gminas.
    assert found.loc["cus"].to_list() == [3, 1, 0, 0, 2, pytest.approx(1 / 3)]
    parts = found[["reached", "preparing", "without", "no_data"]].sum(axis=1)
    assert (parts == found["units"]).all()
    here = progress(registry, "24").set_index("measure")
    assert here["units"].to_dict() == {"cus": 1, "plan": 2, "plan_gmina": 1, "plan_powiat": 1}
    nowhere = progress(registry, "99")
    assert nowhere["units"].eq(0).all()
    assert nowhere["least_share"].isna().all()


def test_a_city_with_powiat_rights_is_one_local_government(engine, tmp_path):
    load_all(engine, Settings(str(engine.url), None, tmp_path / "cache", is_download_allowed=False))
    registry = read_registry(engine)
    # The list gives Zmyślin as powiat 9861; it is gmina 986101 too.
    for level, code in (("powiat", "9861"), ("gmina", "986101")):
        plans = plans_by_area(registry, level).set_index("area_code")
        assert plans.loc[code, ["status", "as_of_text"]].tolist() == ["adopted", "2025-12-01"]
    found = progress(registry).set_index("measure")
    # 9 gminas, the city among them, and one land powiat; Nigdzieżyce, Zmyślin and the powiat have a plan.
    assert found.loc["plan"].to_list() == [10, 3, 1, 1, 5, 0.3]
    # The map of powiats has the city, too: its title and the line under it count the same two.
    assert found.loc["plan_powiat", ["units", "reached"]].to_list() == [2, 2]


def test_every_row_of_plans_is_taken_or_refused_with_a_reason(tmp_path):
    path = tmp_path / "plans.csv"
    lines = [
        "Gmina A,gmina,980101,przyjęty,2026-01,https://a.example,",
        "powiat zmyślański,powiat,9801,W przygotowaniu,,https://a.example,uwaga",
        "Gmina A,gmina,980101,brak,2026,https://a.example,",
        "Gmina B,gmina,9801,przyjęty,,https://a.example,",
        "Gmina C,gmina,980199,przyjęty,,https://a.example,",
        "Gmina D,gmina,980102,chyba,,https://a.example,",
        "Gmina D,sołectwo,980102,przyjęty,,https://a.example,",
        "Gmina D,gmina,980102,przyjęty,wkrótce,https://a.example,",
        "Gmina D,gmina,980102,przyjęty,,,",
    ]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    codes = {code: code for code in ("9801", "980101", "980102")}
    staged = read_local_plans(path, area_of_code=codes)
    assert staged.records[["area_code", "status", "as_of_text", "note"]].fillna("-").to_numpy().tolist() == [
        ["980101", "adopted", "2026-01", "-"],
        ["9801", "preparing", "-", "uwaga"],
    ]
    assert staged.rejected[["row_reference", "reason"]].to_numpy().tolist() == [
        ["4", "repeated_key"],
        ["5", "bad_code"],
        ["6", "unknown_area"],
        ["7", "unknown_value"],
        ["8", "unknown_value"],
        ["9", "unreadable_date"],
        ["10", "missing_description"],
    ]
    path.write_text("teryt,status\n", encoding="utf-8")
    with pytest.raises(SourceFormatError, match=r"plans.csv: expected columns unit_name"):
        read_local_plans(path, area_of_code=codes)


@pytest.mark.mirror
def test_real_organisation_is_known_in_malopolskie_and_by_single_centres_elsewhere(real_registry):
    found = organisation_by_gmina(real_registry)
    counts = pd.crosstab(found["area_code"].str[:2], found["organisation"])
    assert counts.loc["12"].to_dict() == {"cus": 15, "cus_preparing": 1, "ops_only": 159}
    assert counts.drop("12")["ops_only"].sum() == 0
    assert counts[["cus", "cus_preparing"]].sum().to_dict() == {"cus": 29, "cus_preparing": 3}
    plans = progress(real_registry).set_index("measure").loc["plan"]
    # 2,479 gminas, each part of a divided one too, and 314 land powiats; four and two of Pomorskie.
    assert plans[["units", "reached", "no_data"]].to_list() == [2793, 6, 2787]
