"""Announced costs of a form in words: quartiles, single homes, and who pays for a place in a care home."""

from typing import Final

from layers.answers.known_costs import Offer, OfferedCosts, Quartiles
from layers.text import Texts

PAYERS: Final = ("resident", "family", "gmina", "state")
"""Who pays for a place in a care home (art. 61 UPS), in the order of the law; of other forms the law says otherwise."""
PAID_BY_LAW: Final = "CAL-DPS"


def quartiles_sentence(quartiles: Quartiles, unit: str, voivodeship: str, texts: Texts) -> str:
    """Return what a quarter, half and three quarters of the homes cost at most."""
    low, middle, high = (_zl(value, texts) for value in quartiles.zl)
    return texts.t(
        f"costs.offered_quartiles_{unit}",
        count=quartiles.count,
        year=str(quartiles.year),
        voivodeship=voivodeship,
        low=low,
        middle=middle,
        high=high,
    )


def _zl(value: float, texts: Texts) -> str:
    """Return an amount as it was announced, to the grosz where it has one: times 12 it is what goes into the box."""
    return texts.number(value, decimals=0 if float(value).is_integer() else 2)


def offer_label(offer: Offer, unit: str, texts: Texts) -> str:
    """Return one announced figure with its home or gmina and year; what was not told by an office itself is marked."""
    place = offer.locality_name if offer.locality_name not in offer.name else ""
    name = f"{offer.name}, {place}" if place else offer.name
    said = texts.t(
        f"costs.offered_{unit}",
        name=name,
        value=_zl(offer.value_zl, texts),
        year=str(offer.year),
    )
    return said if offer.is_first_hand else texts.t("costs.offered_second_hand", said=said)


def offer_source(offer: Offer, unit: str, texts: Texts) -> str:
    """Return where a figure is from."""
    return texts.t(
        "costs.offered_source", said=offer_label(offer, unit, texts), act=offer.act, url=offer.source_url
    )


def cost_sources(zl_year: int, offered: OfferedCosts, voivodeship: str, texts: Texts) -> list[str]:
    """
    Return where a cost of a place a year is from that equals an announced one; empty where it equals none.

    A link carries the cost without its source, so that nobody knows whether it was taken over or typed.
    """
    offers, names = offered.equal_to(zl_year)
    said = [offer_source(offer, offered.unit, texts) for offer in offers]
    if offered.quartiles is not None:
        sentence = quartiles_sentence(offered.quartiles, offered.unit, voivodeship, texts)
        said += [texts.t(f"costs.offered_equals_{name}", said=sentence) for name in names]
    return said


def who_pays(form: str, texts: Texts) -> dict[str, str]:
    """Return by `PAYERS` what each pays for a place of a form; empty words for forms of which the law is another."""
    if form != PAID_BY_LAW:
        return dict.fromkeys(PAYERS, "")
    return {payer: texts.t(f"costs.pays_{payer}") for payer in PAYERS}
