"""What is said of a list around a rounded point: how far its distances may be off."""

from typing import Final

from data.finding.points import ROUNDED_KM
from layers.text import Texts

LARGEST_ERROR_KM: Final = 2
"""What a device may be off by; a position that is known worse is not used (`layers/assets/finder-box.js`)."""


def rounded_words(texts: Texts) -> str:
    """Return how far distances from a rounded point may be off."""
    return texts.t("box.point_rounded", rounded=ROUNDED_KM, error=LARGEST_ERROR_KM)
