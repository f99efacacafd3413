"""Public benefit organisations by the gmina of their seat."""

import pandas as pd
import pytest

from data.places.seats import gmina_of_seat
from data.places.world import AreaIndex
from data.reading import organization_queries
from data.registry.registry import SEAT_COLUMNS
from data.sources.country.organization_seats import read_organization_seats

HEAD = "krs,name,voivodeship,powiat,gmina,town,name_hint\n"
ROWS = """\
0000000001,FUNDACJA A,ŚLĄSKIE,M.RYBNIK,M.RYBNIK,RYBNIK,
0000000002,FUNDACJA B,ŚLĄSKIE,RYBNIK,RYBNIK,RYBNIK,animals
0000000003,FUNDACJA C,MAZOWIECKIE,WARSZAWSKI,WARSZAWA-WOLA,WARSZAWA,
0000000004,FUNDACJA D,MAŁOPOLSKIE,LIMANOWSKI,LIMANOWA,LIMANOWA,
0000000005,FUNDACJA E,MAŁOPOLSKIE,LIMANOWSKI,LIMANOWA,MORDARKA,
0000000006,STOWARZYSZENIE PRZECIW PRZEMOCY,MAŁOPOLSKIE,LIMANOWSKI,LIMANOWA,LIMANOWA,
0000000007,FUNDACJA F,MAŁOPOLSKIE,LIMANOWSKI,NIGDZIE,NIGDZIE,
0000000001,FUNDACJA A,ŚLĄSKIE,M.RYBNIK,M.RYBNIK,RYBNIK,
0000000009,FUNDACJA G,ŚLĄSKIE,M. RYBNIK,LYSKI,SUMINA,
0000000010,FUNDACJA H,MAZOWIECKIE,M. ST. WARSZAWA,M. ST. WARSZAWA,WARSZAWA,
"""
AREAS = [
    ("24", "voivodeship", "śląskie", ""), ("2473", "powiat", "Rybnik", "city"), ("247301", "gmina", "Rybnik", "urban"),
    ("14", "voivodeship", "mazowieckie", ""), ("1465", "powiat", "Warszawa", "city"),
    ("146501", "gmina", "Warszawa", "urban"),
    ("12", "voivodeship", "małopolskie", ""), ("1207", "powiat", "limanowski", "land"),
    ("120701", "gmina", "Limanowa", "urban"), ("120707", "gmina", "Limanowa", "rural"),
]  # fmt: skip


@pytest.fixture
def staged(tmp_path):
    """Give what is read of ten rows."""
    path = tmp_path / "opp.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    areas = AreaIndex(
        pd.DataFrame(AREAS, columns=["area_code", "level", "name", "kind"]).assign(label_point=None)
    )
    return read_organization_seats(path, lambda *names: gmina_of_seat(areas, *names))


def test_a_seat_is_in_the_gmina_that_its_names_mean(staged):
    """A town and the gmina round it share a name: the town of the seat tells which."""
    assert staged.records.set_index("krs")["gmina_code"].to_dict() == {
        "0000000001": "247301",
        "0000000002": "247301",
        "0000000003": "146501",
        "0000000004": "120701",
        "0000000005": "120707",
        "0000000010": "146501",
    }
    assert staged.rows_read == len(staged.records) + len(staged.rejected)


def test_who_keeps_protected_places_is_not_told(staged):
    refused = staged.rejected.set_index("row_reference")
    assert refused["reason"].to_dict() == {
        "7": "may_lead_to_protected", "8": "unknown_area", "9": "repeated_key",
        # A city has no gmina of another name: in the list "M. KIELCE, PIERZCHNICA, OSINY" was told in Kielce.
        "10": "unknown_area",
    }  # fmt: skip
    assert "PRZEMOCY" not in staged.rejected.to_csv()


def test_a_database_without_the_list_has_its_columns(engine):
    """A printed card of a region without the list ended in an error: the answer had no column to look for a gmina."""
    with engine.connect() as connection:
        seats = organization_queries.organization_seats(connection)
    assert seats.empty
    assert list(seats.columns) == list(SEAT_COLUMNS)


@pytest.mark.mirror
def test_the_list_itself(real_engine, real_registry):
    with real_engine.connect() as connection:
        seats = organization_queries.organization_seats(connection)
    assert 9000 < len(seats) <= 9258 - 77
    assert not seats["name"].str.contains("PRZEMOC|OFIAR").any()
    # Never places of help.
    assert "organization-seats" not in set(real_registry.services["source_code"])
