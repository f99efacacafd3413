"""What stands somewhere for other people than the group, in words: "none" is none for the group alone."""

import math

from data.store.plain_text import plain_text
from data.vocabulary import need_groups
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.others import Standing
from layers.text import Texts

BY_GROUP = "_by_group"
"""The end of the key of words for "none", where a form is for one group in one place and for another elsewhere."""


def key_by_group(key: str, table: AreaTable, texts: Texts) -> str:
    """Return the key of words for "none" in a table: those that say of whom, where others may have some."""
    told = f"{key}{BY_GROUP}"
    return told if table.others.is_by_group and texts.has(told) else key


def others_notes(table: AreaTable, texts: Texts) -> list[str]:
    """Return what stands in the whole scope for others alone, and whose places are in the numbers of no group."""
    notes = []
    if table.others.apart.facilities:
        notes.append(_standing_words("others.standing", table.others.apart, table, texts))
    told = [
        texts.t("others.who", who=_who(groups, table, texts), capacity=_capacity(table, texts), places=places)
        for groups, places in (
            (groups, _places(standing, texts)) for groups, standing in table.others.of_no_group
        )
    ]
    if told:
        notes.append(texts.t("others.of_no_group", told="; ".join(told)))
    return notes


def others_line(table: AreaTable, code: str, texts: Texts) -> str:
    """Return what stands in an area for others alone, in a sentence; empty where nothing is known to."""
    standing = table.others.in_area(code)
    return _standing_words("others.standing", standing, table, texts) if standing.facilities else ""


def others_remark(table: AreaTable, code: str, texts: Texts) -> str:
    """Return the same as a remark beside the numbers of an area."""
    standing = table.others.in_area(code)
    return _standing_words("others.remark", standing, table, texts) if standing.facilities else ""


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
    return texts.t("at_least", value=places) if standing.is_least else places


def _who(groups: tuple[str, ...], table: AreaTable, texts: Texts) -> str:
    """Return the people of some groups as the law calls those of the form, or as the vocabulary does."""
    names = []
    for group in groups:
        of_form = f"others.of_{table.view.form}_{group}"
        names.append(texts.t(of_form) if texts.has(of_form) else need_groups()[group].name[texts.lang])
    return plain_text(f" {texts.t('others.and')} ".join(names))
