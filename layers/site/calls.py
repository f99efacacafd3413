"""Telephones of a page: large buttons, where a link would call the right number."""

from dataclasses import dataclass

from data.registry.offices import OfficeFact, office_of
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from layers.answers.telephones import lacks_area_code
from layers.text import Texts
from layers.words.contact_addresses import phone_address
from layers.words.office_words import office_words


@dataclass(frozen=True)
class Call:
    """
    A telephone as it is written, and its `tel:` address; empty where a link would call somebody else.

    `is_local` is one without its area code.
    """

    label: str
    address: str
    is_local: bool = False


@dataclass(frozen=True)
class OfficePart:
    """Whom to ask where no centre with a telephone is known; without lines where no office is known either."""

    lines: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()


def calls_of(phones: list[str]) -> tuple[Call, ...]:
    """Return telephones with their addresses."""
    return tuple(Call(phone, phone_address(phone), is_local=lacks_area_code(phone)) for phone in phones)


@once_for_registry
def _office(registry: Registry, code: str) -> OfficeFact | None:
    return office_of(registry, code)


def office_part(registry: Registry, code: str, texts: Texts) -> OfficePart:
    """Return the office of a gmina or powiat, said to be the office, with a button to call it."""
    office = _office(registry.own_gminas, code)
    if office is None:
        return OfficePart()
    lines = [texts.t("office.ask"), *([texts.t("office.before")] if office.is_of_before else [])]
    lines.append(office_words(office, texts))
    if office.as_of:
        lines.append(texts.t("office.as_of", date=office.as_of))
    return OfficePart(tuple(lines), calls_of([office.phone] if office.phone else []))
