"""What a page shows for a need: the group, its forms, and the forms that no page of a group has."""

from dataclasses import dataclass

from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.needs import Need


@dataclass(frozen=True)
class NeededForms:
    """`group` and `forms` go into the address; `elsewhere` are forms of the need that no page of the group shows."""

    group: str
    forms: tuple[str, ...]
    elsewhere: tuple[str, ...]


def needed_forms(need: Need, group: str) -> NeededForms:
    """
    Return the group and the forms that a need asks for.

    The group is that of the need where it can be chosen and has the form that helps first, else `group` (the one that
    is chosen) where it has, else the one that has most of the forms. With no form of any group everything of `group`
    is shown, and `elsewhere` says what was meant.
    """
    best = max(screen_groups(), key=lambda code: _rank(need, code, group))
    forms = tuple(form for form in need.forms if form in forms_for_group(best))
    elsewhere = tuple(form for form in need.forms if form not in forms)
    return NeededForms(best if forms else group, forms, elsewhere)


def _rank(need: Need, code: str, chosen: str) -> tuple[bool, bool, bool, int]:
    suitable = forms_for_group(code)
    return (
        need.forms[0] in suitable,
        code == need.need_group,
        code == chosen,
        sum(form in suitable for form in need.forms),
    )
