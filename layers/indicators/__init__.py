"""
What a map can show: one module an indicator, found by itself.

A module of this folder says everything of its indicator but words and arithmetic: the words are found by its code in
`layers.text`, and its measure is a function that it names.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from layers.indicators.indicator import Column, Indicator, NumberKind


def found_in(folders: Iterable[str]) -> list[Indicator]:
    """Return the indicators that the modules of this package in some folders say are `HERE`, in their order."""
    modules = [import_module(found.name) for found in iter_modules(folders, f"{__name__}.")]
    indicators = [indicator for module in modules for indicator in getattr(module, "HERE", ())]
    return sorted(indicators, key=lambda one: (one.position, one.code))


INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {indicator.code: indicator for indicator in found_in(__path__)}
)
"""Code → indicator, in the order in which they are offered."""
COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        column.code: column
        for indicator in INDICATORS.values()
        for column in (indicator.column, *indicator.columns)
    }
)
"""Code → column, of all indicators and of what is told beside them."""
KINDS: Final[Mapping[str, NumberKind]] = MappingProxyType(
    {code: column.kind for code, column in COLUMNS.items()}
)
"""Column → how its numbers are written."""
HOME: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        column.code: indicator
        for indicator in INDICATORS.values()
        for column in (indicator.column, *indicator.columns)
    }
)
"""Column → the indicator whose notes are about it."""
