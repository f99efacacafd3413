"""What a person needs to know of a service before they can use it, by form of support."""

from functools import cache

from data.vocabulary import has_door, support_forms

FIELDS = ("address", "covered_area", "contact", "opening_hours", "intake", "capacity", "eligibility")
"""Everything that can be asked for, in the order of telling; docs/method.md says why each of them."""

STAYS = frozenset({"OPW-CAL", "BEZ-SCH", "BEZ-SUO", "KRY-DMK", "KRY-SOW"})
_FAMILIES_OF_STAYS = frozenset({"housing", "residential"})
"""
Forms, and families of forms, where people live round the clock: nobody comes there during opening hours.

A night shelter and a warming centre are not among them: when they open in the evening is what a person must know.
"""

_DOORLESS_MODES = frozenset({"area", "mobile", "home"})
_ALWAYS_PUBLIC = frozenset({"covered_area", "contact", "capacity"})


@cache
def asked_fields(form: str, *, is_protected: bool = False) -> tuple[str, ...]:
    """
    Return the codes of the fields that make a record of the form complete.

    Parameters
    ----------
    form
        Code of the vocabulary.
    is_protected
        Of a protected place only what may be public is asked for: what is withheld for safety is not missing.
    """
    known = support_forms()[form]
    modes = set(known.delivery_modes)
    is_visited = "point" in modes or ("mobile" in modes and "area" not in modes)
    # An office is for everybody who comes, and nobody applies for being advised.
    is_help = known.di_class != "enabling"
    asked = {
        "address": has_door(form),
        "covered_area": not has_door(form),
        "contact": True,
        "opening_hours": is_visited and not is_stay(form),
        "intake": is_help,
        "capacity": bool(known.capacity_unit),
        "eligibility": is_help and "all" not in known.need_groups,
    }
    return tuple(field for field in FIELDS if asked[field] and (field in _ALWAYS_PUBLIC or not is_protected))


def is_stay(form: str) -> bool:
    """Whether people live there round the clock, so that it never closes."""
    return form in STAYS or support_forms()[form].group in _FAMILIES_OF_STAYS


@cache
def may_cover_areas(form: str) -> bool:
    """Whether a record of the form may have areas in place of a door: help at home, over an area or on wheels."""
    return bool(_DOORLESS_MODES & set(support_forms()[form].delivery_modes))
