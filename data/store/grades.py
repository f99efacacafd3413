"""How exactly a place is known: the words of `place_grade` and their one order."""

PLACE_GRADES = ("door", "street", "postal_code", "locality", "gmina", "none")
"""From the finest: the door itself, the street, the middle of a postal code, a town, a gmina; no point at all."""
EXACT_GRADES = frozenset({"door", "street"})
"""A point that stands for the place itself."""
COARSE_GRADES = ("postal_code", "locality", "gmina")
"""A point that stands for all that lies around it."""


def coarseness(grade: str | None) -> int:
    """Return the place of a grade in the order, 0 for a door; a missing one is as no point."""
    return PLACE_GRADES.index(grade or "none")
