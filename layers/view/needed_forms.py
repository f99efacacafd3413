"""What a page shows for a need: the group, its forms, and the forms that no list of a group has."""

from dataclasses import dataclass

from data.vocabulary import forms_for_group, screen_groups, support_forms
from data.vocabulary.needs import Need, needs

_EVERYBODY = "all"


@dataclass(frozen=True)
class NeededForms:
    """
    What a need asks for.

    Attributes
    ----------
    group, forms
        These go into the address.
    searched
        Forms that are looked for, the one that helps first in front: those of the group, and those that are for
        everybody and so on the list of every group, though nobody can choose them there.
    elsewhere
        Forms of the need that no list of the group shows.
    """

    group: str
    forms: tuple[str, ...]
    searched: tuple[str, ...]
    elsewhere: tuple[str, ...]


def needed_forms(need: Need, group: str) -> NeededForms:
    """
    Return the group and the forms that a need asks for.

    The group is that of the need where it can be chosen and has the form that helps first, else `group` (the one that
    is chosen) where it has, else the one that has most of the forms. With no form of any group the group stays, and
    `elsewhere` says what was meant.
    """
    best = max(screen_groups(), key=lambda code: _rank(need, code, group))
    forms = tuple(form for form in need.forms if form in forms_for_group(best))
    searched = tuple(form for form in need.forms if form in forms or _is_for_everybody(form))
    elsewhere = tuple(form for form in need.forms if form not in searched)
    return NeededForms(best if forms else group, forms, searched, elsewhere)


def told_group(group: str, need: str) -> str:
    """
    Return whom a page says that its list is for.

    Whose life may be in danger is not told to be an older person because no list is of people in danger.

    Parameters
    ----------
    group
        The group of the list.
    need
        Code of the need that was asked for; empty for none.
    """
    known = needs()[need] if need else None
    return known.need_group if known and known.is_danger else group


def _is_for_everybody(form: str) -> bool:
    known = support_forms()[form]
    return _EVERYBODY in known.need_groups and known.di_class != "enabling"


def _rank(need: Need, code: str, chosen: str) -> tuple[bool, bool, bool, int]:
    suitable = forms_for_group(code)
    return (
        need.forms[0] in suitable,
        code == need.need_group,
        code == chosen,
        sum(form in suitable for form in need.forms),
    )
