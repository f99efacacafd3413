"""How the office of a gmina or powiat is told: never as a social assistance centre."""

from collections.abc import Sequence

from data.registry.offices import OfficeFact
from data.store.plain_text import plain_text
from layers.text import Texts


def office_words(office: OfficeFact, texts: Texts) -> str:
    """Return the name, address and telephone of an office."""
    name, address = plain_text(office.name), plain_text(office.address)
    if office.phone is None:
        return texts.t("office.place", name=name, address=address)
    return texts.t("office.phone", name=name, address=address, phone=plain_text(office.phone))


def office_lines(offices: Sequence[OfficeFact], texts: Texts) -> list[str]:
    """
    Return a sentence of a card for each office, which says that it is an office; none without one.

    Where several gminas are told together, each with the name of its gmina; and of one whose own office nobody listed,
    because the list is older than the gmina, that it is that of the gmina it was part of.
    """
    lines = []
    for office in offices:
        told = office_words(office, texts)
        if office.area_name:
            told = texts.t("office.in_gmina", gmina=plain_text(office.area_name), office=told)
        line = texts.t("office.card", office=told)
        lines.append(f"{line} {texts.t('office.before')}" if office.is_of_before else line)
    return lines
