"""Limits of classes that a planner sets: a text of the address, and what people write and read."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from geo.breaks import LEAST_CLASSES, MOST_CLASSES
from geo.errors import OptionError
from geo.printed_numbers import DECIMALS

LimitKind = Literal["rate", "share"]

_SIGNS: Final[dict[str, LimitKind]] = {"r": "rate", "s": "share"}
_PACKED: Final = re.compile(r"[rs](?:_[0-9]{1,7}(?:\.[0-9])?){2,5}")
_MOST_SHARE: Final = 100.0


@dataclass(frozen=True)
class ClassLimits:
    """
    Where each class but the first begins, set for all maps of one kind of number.

    Attributes
    ----------
    kind
        Of rates (per 1,000 people) or of shares (in per cent): the limits of one say nothing of the other.
    limits
        2 to 5 numbers, ascending, above zero, with one decimal; of shares at most 100.

    Raises
    ------
    OptionError
        If the limits are others.
    """

    kind: LimitKind
    limits: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check the limits."""
        limits, most = self.limits, _MOST_SHARE if self.kind == "share" else 1e6
        is_ascending = list(limits) == sorted(set(limits)) and all(
            0 < limit <= most and round(limit, DECIMALS) == limit for limit in limits
        )
        if not (is_ascending and LEAST_CLASSES - 1 <= len(limits) <= MOST_CLASSES - 1):
            raise OptionError(
                f"expected {LEAST_CLASSES - 1} to {MOST_CLASSES - 1} ascending limits above 0 with {DECIMALS} "
                f"decimal, at most {most:g}, found {list(limits)}; write for example 1; 2.5; 5",
                limits=limits,
            )

    @classmethod
    def from_address(cls, packed: str) -> "ClassLimits | None":
        """Return the limits that an address holds; None for an empty or damaged text."""
        if not _PACKED.fullmatch(packed):
            return None
        sign, *numbers = packed.split("_")
        try:
            return cls(_SIGNS[sign], tuple(map(float, numbers)))
        except OptionError:
            return None

    @classmethod
    def typed(cls, text: str, kind: LimitKind) -> "ClassLimits":
        """
        Return the limits that a person wrote: numbers with a decimal comma or point, divided by `;` or spaces.

        Raises
        ------
        OptionError
            If they are no limits.
        """
        try:
            numbers = [
                float(part.replace(",", ".")) for part in re.split(r"[;\s%]+", text.strip("; %")) if part
            ]
        except ValueError:
            numbers = []
        return cls(kind, tuple(numbers))

    def to_address(self) -> str:
        """Return the limits as a text of the address."""
        return "_".join(
            [self.kind[0], *(f"{limit:.{DECIMALS}f}".removesuffix(".0") for limit in self.limits)]
        )
