"""Unit costs of forms as a part of the address: short text that anybody may have written."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from data.scenarios.cost_diagnosis import CLASSES
from data.scenarios.costs import UnitCosts
from data.vocabulary import support_forms
from geo.errors import OptionError

COST_FIELDS: Final = tuple(field.name for field in fields(UnitCosts))
"""In the order of the packed text: a site, a place, a place a year."""
MOST_ZL: Final = 999_999_999
"""Nine digits, as `layers.view.view` lets into an address."""
_ENTRY: Final = re.compile(r"([A-Z]{3}-[A-Z0-9]{2,5})" + r"_([0-9]{0,9})" * len(COST_FIELDS))
_BETWEEN, _WITHIN = ".", "_"


def pack_unit_costs(unit_costs: Mapping[str, UnitCosts]) -> str:
    """
    Return unit costs as text for the address, `CAL-DPS_1000000_90000_72000.DZI-KLS___4500`.

    Forms stand in the order of the vocabulary, so that equal costs are equal text. A form without any cost is left
    out.

    Raises
    ------
    OptionError
        If a form is not one that support is given in, or a cost has more than nine digits.
    """
    unknown = sorted(form for form in unit_costs if not _is_priced(form))
    if unknown:
        message = f"expected forms of support that have a cost, found {unknown[0]!r}; leave it out"
        raise OptionError(message, form=unknown[0])
    entries = []
    for form in (code for code in support_forms() if code in unit_costs):
        values = [getattr(unit_costs[form], name) for name in COST_FIELDS]
        too_much = next((value for value in values if value is not None and value > MOST_ZL), None)
        if too_much is not None:
            message = f"expected costs of {form} up to {MOST_ZL} zł, found {too_much}; state them for a smaller unit"
            raise OptionError(message, form=form)
        if any(value is not None for value in values):
            entries.append(_WITHIN.join([form, *("" if value is None else str(value) for value in values)]))
    return _BETWEEN.join(entries)


def read_unit_costs(text: str) -> dict[str, UnitCosts]:
    """
    Return the unit costs that an address tells; whatever is malformed, unknown or told again is left out.

    Nothing is raised: an address may come from anybody, and a cost that cannot be read is a cost that nobody gave.
    """
    found: dict[str, UnitCosts] = {}
    for entry in text.split(_BETWEEN):
        match = _ENTRY.fullmatch(entry)
        if match is None or match[1] in found or not _is_priced(match[1]):
            continue
        values = {
            name: int(digits) if digits else None
            for name, digits in zip(COST_FIELDS, match.groups()[1:], strict=True)
        }
        costs = UnitCosts(**values)
        if costs != UnitCosts():
            found[match[1]] = costs
    return found


def are_unit_costs_whole(text: str) -> bool:
    """Tell whether a text is read whole."""
    return not text or len(read_unit_costs(text)) == len(text.split(_BETWEEN))


def with_unit_cost(text: str, form: str, field: str, zl: int | None) -> str:
    """Return the packed text with one cost changed; None takes it out."""
    costs = read_unit_costs(text)
    costs[form] = replace(costs.get(form, UnitCosts()), **{field: zl})
    return pack_unit_costs(costs)


def _is_priced(form: str) -> bool:
    """Tell whether a form is one that a cost diagnosis tells of; offices are not."""
    return form in support_forms() and support_forms()[form].di_class in CLASSES
