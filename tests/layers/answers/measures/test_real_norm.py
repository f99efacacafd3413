"""The norm of Małopolska, computed again from the register's own sheet, with none of our readers."""

import pandas as pd
import pytest

from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.world import World
from layers.view.view import View

REGISTER = "registers/malopolskie/dps_vacancies_2026-07-15.xlsx"
PEOPLE = "population/LUDN_2137_CTAB_20210624222104.csv"
FOR_OLDER = "podeszłym wieku|przewlekle somatycznie"


def median_of_the_raw_register(mirror):
    """Return the median over powiats of places for older people per 1,000 of 65 and more."""
    sheet = pd.read_excel(mirror / REGISTER, header=None, engine="calamine").iloc[6:]
    powiats = sheet[1].ffill().str.replace(r"\s*[-–]\s*gmina.*|\n.*|^m\. ?", "", regex=True).str.strip()
    is_of_older = sheet[3].astype("string").str.contains(FOR_OLDER).fillna(value=False)
    places = pd.to_numeric(sheet[4].where(is_of_older), errors="coerce").groupby(powiats).sum()
    people = pd.read_csv(mirror / PEOPLE, sep=";", dtype=str).query("Kod.str.startswith('12')")
    names = people["Nazwa"].str.replace(r"^Powiat (?:m\. ?)?", "", regex=True)
    older = sum(pd.to_numeric(people[band].str.replace(" ", "")) for band in ("65-69", "70 i więcej"))
    rates = places.reindex(names).fillna(0).to_numpy() / older.to_numpy() * 1000
    assert len(rates) == 22
    return float(pd.Series(rates).median())


@pytest.mark.mirror
def test_no_polling_station_moves_the_norm(real_registry, mirror):
    view = View(scope="12", level="powiat")
    areas = real_registry.areas_of_level("powiat").set_index("area_code")
    norm = MeasureInputs(World(real_registry), view.question, areas[areas["voivodeship_code"] == "12"]).norm
    assert round(norm.places_per_1000, 3) == 4.837
    assert norm.places_per_1000 == pytest.approx(median_of_the_raw_register(mirror), abs=5e-4)
    assert (norm.default.areas_known, norm.default.areas_count) == (22, 22)
    assert real_registry.state.unconfirmed > 600, "told apart, in no number"
