"""Everything that the card of one area tells, as values: no Streamlit, no picture, no number that no table has."""

from layers.words.area_facts.card import (
    AreaFacts,
    ForecastYear,
    LocalGovernmentFacts,
    Neighbour,
    Progress,
    TableOf,
    TriadFacts,
    area_facts,
)
from layers.words.area_facts.figure import Figure
from layers.words.area_facts.people import AgeBand, PeopleFacts
from layers.words.area_facts.services import FacilityFact, FormFact

__all__ = [
    "AgeBand",
    "AreaFacts",
    "FacilityFact",
    "Figure",
    "ForecastYear",
    "FormFact",
    "LocalGovernmentFacts",
    "Neighbour",
    "PeopleFacts",
    "Progress",
    "TableOf",
    "TriadFacts",
    "area_facts",
]
