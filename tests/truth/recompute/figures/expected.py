"""
The figures of one view, each under the name that `sentences.toml` gives to its place in a sentence.

A name that is no attribute here is a number that nobody computes again, and the check says so.
"""

from tests.truth.recompute.figures.evenness import Evenness
from tests.truth.recompute.figures.evidence import Evidence
from tests.truth.recompute.figures.forecast import Forecast
from tests.truth.recompute.figures.known_places import KnownPlaces
from tests.truth.recompute.figures.organisation import Organisation
from tests.truth.recompute.figures.queue_history import QueueHistory

_PEOPLE_FILES = {
    "older": "population/gus_projection_gmina_2022_2040.csv.gz, gus_projection_powiat_2022_2060.csv.gz",
    "disabled": "population/demand_voivodeship.csv",
    "homeless": "population/demand_voivodeship.csv, demand_gmina.csv",
}
_REGISTER_FILES = {
    ("CAL-DPS", "12"): "registers/malopolskie/dps_vacancies_2026-07-15.xlsx",
    ("CAL-DPS", "04"): "registers/kujawsko-pomorskie/dps_vacancies_2026-07-05.xls",
    ("DZI-SDS", "12"): "registers/malopolskie/sds_2026.xlsx",
    ("DZI-KLS", "12"): "registers/malopolskie/senior_plus_2026-06-02.xlsx",
    ("DZI-DDS", "12"): "registers/malopolskie/senior_plus_2026-06-02.xlsx",
    ("BEZ-SCH", "12"): "registers/compiled/homelessness.csv",
    ("REI-WTZ", "12"): "registers/compiled/disability.csv",
}


class Expected(Evenness, Evidence, QueueHistory, Forecast, Organisation, KnownPlaces):
    """All figures of one view."""

    def file_of(self, name: str) -> str:
        """Return the raw file that a figure comes from first."""
        if name in {"persons", "people_day", "residents_day"}:
            return _PEOPLE_FILES[self.question.group]
        return _REGISTER_FILES.get((self.question.form, self.question.scope), "registers/")
