"""Everything that the card of one area tells, as values: no Streamlit, no picture, no number that no table has."""

from layers.words.area_facts.card import AreaFacts, area_facts
from layers.words.area_facts.figure import Figure
from layers.words.area_facts.services import FacilityFact

__all__ = ["AreaFacts", "FacilityFact", "Figure", "area_facts"]
