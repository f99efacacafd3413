"""What stands somewhere for other people than the group, in words: "none" is none for the group alone."""

import math
from dataclasses import replace

from data.store.plain_text import plain_text
from data.vocabulary import need_groups
from data.vocabulary.profiles import Profile, profiles_of_form
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.others import Account, OfNoGroup, Others, Standing
from layers.text import Texts

BY_GROUP = "_by_group"
"""The end of the key of words for "none", where a form is for one group in one place and for another elsewhere."""


def key_by_group(key: str, table: AreaTable, texts: Texts) -> str:
    """Return the key of words for "none" in a table: those that say of whom, where others may have some."""
    told = f"{key}{BY_GROUP}"
    return told if table.others.is_by_group and texts.has(told) else key


def others_notes(table: AreaTable, texts: Texts) -> list[str]:
    """Return what stands in the whole scope for others, how its places add up, and whose are in no group's numbers."""
    notes = [*_by_choice_words(table.others, table, texts), *_told_of(table.others, table, texts)]
    told = [_of_no_group_words(of, table, texts) for of in table.others.of_no_group]
    if told:
        notes.append(texts.t("others.of_no_group", told="; ".join(told)))
    return notes


def others_lines(table: AreaTable, code: str, texts: Texts) -> list[str]:
    """Return what stands in an area for others and how its places add up, in sentences; none where nothing does."""
    others = table.others.within(code)
    return [*_by_choice_words(others, table, texts), *_told_of(others, table, texts)]


def others_remark(table: AreaTable, code: str, texts: Texts) -> str:
    """Return what stands in an area for others as a remark beside its numbers; empty where nothing is known to."""
    if not table.others.has_any_in(code):
        return ""
    others = table.others.within(code)
    told = [
        _standing_words(f"others.remark{kind}", standing, table, texts)
        for kind, standing in (("", others.apart), ("_beside", others.beside))
        if standing.facilities
    ]
    return "; ".join(told)


def _told_of(others: Others, table: AreaTable, texts: Texts) -> list[str]:
    told = [
        _standing_words(f"others.{kind}", standing, table, texts)
        + (f" {texts.t('others.old')}" if standing.may_be_gone else "")
        for kind, standing in (("standing", others.apart), ("beside", others.beside))
        if standing.facilities
    ]
    return [*told, _account_words(others.account, table, texts)] if told and _adds_up(others) else told


def _by_choice_words(others: Others, table: AreaTable, texts: Texts) -> list[str]:
    """Return which places of the group are for people whom the law names apart, and how many there are without them."""
    chosen = others.by_choice
    if chosen is None:
        return []
    alone = others.account.alone
    rest = replace(alone, places=_stated(alone) - _stated(chosen.standing))
    return [
        texts.t(
            "others.by_choice",
            who=_who(chosen, table, texts),
            capacity=_capacity(table, texts),
            places=_places(chosen.standing, texts),
            rest=_places(rest, texts),
        )
    ]


def _adds_up(others: Others) -> bool:
    """Tell whether a sum says more than its parts: places are known for the group and for others."""
    account = others.account
    return bool(_stated(account.alone) + _stated(account.shared) and _stated(account.others))


def _stated(standing: Standing) -> float:
    return 0.0 if math.isnan(standing.places) else standing.places


def _account_words(account: Account, table: AreaTable, texts: Texts) -> str:
    return texts.t(
        f"others.account{'_shared' if account.shared.facilities else ''}",
        count=account.whole.facilities,
        capacity=_capacity(table, texts),
        places=_places(account.whole, texts),
        alone=_places(account.alone, texts),
        shared=_places(account.shared, texts),
        others=_places(account.others, texts),
    )


def _standing_words(key: str, standing: Standing, table: AreaTable, texts: Texts) -> str:
    return texts.t(
        key,
        count=standing.facilities,
        capacity=_capacity(table, texts),
        places=_places(standing, texts),
    )


def _capacity(table: AreaTable, texts: Texts) -> str:
    return texts.t(f"export_capacity_{unit_of(table.view.form)}")


def _places(standing: Standing, texts: Texts) -> str:
    if math.isnan(standing.places):
        return texts.t("no_data")
    places = texts.number(standing.places)
    if standing.places_may_be_gone:
        return texts.t("unsure", value=places)
    return texts.t("at_least", value=places) if standing.is_least else places


def _who(of: OfNoGroup, table: AreaTable, texts: Texts) -> str:
    """Return the people of some profiles as the law calls them, or of some groups as the vocabulary does."""
    groups = (need_groups()[group].name for group in of.groups)
    names = [name[texts.lang] for name in (*(one.name for one in _profiles(of, table)), *groups)]
    return plain_text(_joined(names, texts))


def _of_no_group_words(of: OfNoGroup, table: AreaTable, texts: Texts) -> str:
    """Return who they are and how many places they have; where the law has types, by their letters, too."""
    letters = [one.type_letter for one in _profiles(of, table) if one.type_letter]
    return texts.t(
        f"others.who{'_type' if len(letters) == 1 else '_types' if letters else ''}",
        who=_who(of, table, texts),
        types=_joined(letters, texts) if letters else "",
        capacity=_capacity(table, texts),
        places=_places(of.standing, texts),
    )


def _profiles(of: OfNoGroup, table: AreaTable) -> list[Profile]:
    return [one for one in profiles_of_form(table.view.form) if one.code in of.profiles]


def _joined(words: list[str], texts: Texts) -> str:
    *first, last = words
    return f"{', '.join(first)} {texts.t('others.and')} {last}" if first else last
