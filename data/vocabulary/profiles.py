"""The profiles that a register tells of places of a form, by the names that the law or we give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data.vocabulary import profile_lines


@dataclass(frozen=True, eq=False)
class Profile:
    """
    One profile of a form.

    Attributes
    ----------
    code
        What tells it from the form's others: the part of a register's own words that names it.
    type_letter
        The letter of the type in the regulation on ŚDS (`A`); empty of forms without such types.
    name
        Language → the people that it is for.
    need_groups
        The groups that they are counted for.
    """

    code: str
    type_letter: str
    name: Mapping[str, str]
    need_groups: tuple[str, ...]


@cache
def profiles_of_form(form: str) -> tuple[Profile, ...]:
    """Return the profiles of a form in the order of its law; of most forms there are none."""
    return tuple(
        Profile(line.word("pattern"), line.text("type"), line.names(), tuple(groups))
        for line, groups in profile_lines(form)
    )


def named_profiles(form: str, words: str | None, groups: Iterable[str]) -> tuple[Profile, ...]:
    """
    Return the profiles that a register's own words name; where they name none, those of the groups.

    A group that several profiles of the form have (types A and C of ŚDS) tells none of them: then there is none.
    """
    told, asked = (words or "").lower(), set(groups)
    named = tuple(profile for profile in profiles_of_form(form) if profile.code in told)
    if named:
        return named
    found = {group: [one for one in profiles_of_form(form) if group in one.need_groups] for group in asked}
    if not all(len(of_group) == 1 for of_group in found.values()):
        return ()
    return tuple(one for one in profiles_of_form(form) if any(one in of_group for of_group in found.values()))
