"""How the office of a gmina or powiat is told: never as a social assistance centre."""

from data.registry.offices import OfficeFact
from data.store.plain_text import plain_text
from layers.text import Texts


def office_words(office: OfficeFact, texts: Texts) -> str:
    """Return the name, address and telephone of an office."""
    name, address = plain_text(office.name), plain_text(office.address)
    if office.phone is None:
        return texts.t("office.place", name=name, address=address)
    return texts.t("office.phone", name=name, address=address, phone=plain_text(office.phone))


def office_line(office: OfficeFact | None, texts: Texts) -> str:
    """Return the sentence of a card, which says that it is an office; empty without one."""
    return texts.t("office.card", office=office_words(office, texts)) if office else ""
