"""The norm of Małopolska, computed again from the register's own sheet, with none of our readers."""

import pandas as pd
import pytest

from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.world import World
from layers.view.view import View

REGISTER = "registers/malopolskie/dps_vacancies_2026-07-15.xlsx"
PEOPLE = "population/gus_projection_powiat_2022_2060.csv.gz"
FOR_OLDER = "podeszłym wieku|przewlekle somatycznie"


def median_of_the_raw_register(mirror, year):
    """Return the median over powiats of places for older people per 1,000 of 65 and more at the end of a year."""
    sheet = pd.read_excel(mirror / REGISTER, header=None, engine="calamine").iloc[6:]
    powiats = sheet[1].ffill().str.replace(r"\s*[-–]\s*gmina.*|\n.*|^m\. ?", "", regex=True).str.strip()
    is_of_older = sheet[3].astype("string").str.contains(FOR_OLDER).fillna(value=False)
    places = pd.to_numeric(sheet[4].where(is_of_older), errors="coerce").groupby(powiats).sum()
    people = pd.read_csv(mirror / PEOPLE, dtype={"teryt4": str})
    is_here = people["teryt4"].str.startswith("12") & (people["sex"] == "T") & (people["age_group"] == "65+")
    older = people[is_here].set_index("name_in_file")[str(year)]
    names = older.index.str.replace(r"^m\. ?", "", regex=True)
    rates = places.reindex(names).fillna(0).to_numpy() / older.to_numpy() * 1000
    assert len(rates) == 22
    return float(pd.Series(rates).median())


@pytest.mark.mirror
def test_no_polling_station_moves_the_norm(real_registry, mirror):
    view = View(scope="12", level="powiat")
    areas = real_registry.areas_of_level("powiat").set_index("area_code")
    norm = MeasureInputs(World(real_registry), view.question, areas[areas["voivodeship_code"] == "12"]).norm
    median = median_of_the_raw_register(mirror, real_registry.year_of_now)
    assert norm.places_per_1000 == pytest.approx(median, abs=5e-4)
    # By people of the end of 2025; 4.837 by those of 2020.
    assert real_registry.year_of_now > 2025 or round(norm.places_per_1000, 3) == 4.330
    assert (norm.default.areas_known, norm.default.areas_count) == (22, 22)
    assert real_registry.state.unconfirmed > 600, "told apart, in no number"


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("year", "age_from", "persons"),
    [
        (2020, 65, 7_119_985),
        (2022, 65, 7_353_455),
        (2022, 80, 1_600_312),
        (2030, 80, 2_099_269),
        (2040, 80, 3_053_648),
        # Estimated in gminas: 75-79 and above, and 85 and above, as the country's own bands have them.
        (2030, 75, 3_980_484),
        (2040, 85, 1_552_305),
    ],
)
def test_people_of_a_year_add_up_to_those_of_gus(real_registry, year, age_from, persons):
    world = World(real_registry)
    people = View(year=year, age_from=age_from).question.people
    assert world.gmina_people(people).sum() == persons
    assert world.people(people, "voivodeship").persons.sum() == persons


@pytest.mark.mirror
def test_low_and_high_variants_of_the_country(real_registry):
    variants = World(real_registry).variants(View(year=2040, age_from=80).question.people)
    assert variants.loc["00"].tolist() == [2_836_617, 3_273_600]
    assert len(variants) == 380 + 16 + 1, "no gmina"
