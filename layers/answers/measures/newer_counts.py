"""Counts of people that are newer than the day of a view: told as what they are, and in none of its numbers."""

from data.people.published_counts import BASES, newest_counts
from geo.frames import is_among
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import CountedPeople


def newer_counts(inputs: MeasureInputs) -> dict[str, CountedPeople]:
    """
    Return the newest count of each area that was counted again after the one day that the view counts by.

    By the code of the area, in the order of codes. Nothing where no people of the group are told, where each area has
    the day of its own, and of older people, whose numbers are of every area and year.
    """
    basis, day = BASES.get(inputs.question.group), inputs.people.counted_on
    if basis is None or day is None or not inputs.question.what.has_people:
        return {}
    counts = newest_counts(inputs.registry.people_counts, basis)
    newer = counts[is_among(counts.index.to_series(), inputs.areas.index) & (counts["counted_on"] > day)]
    return {
        str(code): CountedPeople(basis.indicator, float(count["persons"]), count["counted_on"])
        for code, count in newer.iterrows()
    }
