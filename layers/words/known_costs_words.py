"""Announced costs of a form in words: quartiles, single homes, and who pays for a place in a care home."""

from typing import Final

from layers.answers.known_costs import Offer, Quartiles
from layers.text import Texts

PAYERS: Final = ("resident", "family", "gmina", "state")
"""Who pays for a place in a care home (art. 61 UPS), in the order of the law; of other forms the law says otherwise."""
PAID_BY_LAW: Final = "CAL-DPS"


def quartiles_sentence(quartiles: Quartiles, unit: str, voivodeship: str, texts: Texts) -> str:
    """Return what a quarter, half and three quarters of the homes cost at most."""
    low, middle, high = (texts.number(round(value)) for value in quartiles.zl)
    return texts.t(
        f"costs.offered_quartiles_{unit}",
        count=quartiles.count,
        year=str(quartiles.year),
        voivodeship=voivodeship,
        low=low,
        middle=middle,
        high=high,
    )


def offer_label(offer: Offer, unit: str, texts: Texts) -> str:
    """Return one announced figure with its home or gmina and year; what was not told by an office itself is marked."""
    place = offer.locality_name if offer.locality_name not in offer.name else ""
    name = f"{offer.name}, {place}" if place else offer.name
    said = texts.t(
        f"costs.offered_{unit}",
        name=name,
        value=texts.number(offer.value_zl, decimals=0 if float(offer.value_zl).is_integer() else 2),
        year=str(offer.year),
    )
    return said if offer.is_first_hand else texts.t("costs.offered_second_hand", said=said)


def offer_source(offer: Offer, unit: str, texts: Texts) -> str:
    """Return where a figure is from."""
    return texts.t(
        "costs.offered_source", said=offer_label(offer, unit, texts), act=offer.act, url=offer.source_url
    )


def who_pays(form: str, texts: Texts) -> dict[str, str]:
    """Return by `PAYERS` what each pays for a place of a form; empty words for forms of which the law is another."""
    if form != PAID_BY_LAW:
        return dict.fromkeys(PAYERS, "")
    return {payer: texts.t(f"costs.pays_{payer}") for payer in PAYERS}
