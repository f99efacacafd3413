"""The balance of support: places of each kind per 1,000 people, each an indicator with the others beside it."""

from types import MappingProxyType
from typing import Final

from data.vocabulary.kinds import SUPPORT_KINDS
from layers.indicators.indicator import PEOPLE, SINCE, Column, Indicator

BALANCE: Final = tuple(f"{kind}_per_1000" for kind in SUPPORT_KINDS)
BALANCE_CHANGE: Final = tuple(f"{kind}_change" for kind in SUPPORT_KINDS)
FIRST_OF_BALANCE: Final = "day_per_1000"
FORMER: Final = MappingProxyType({"community_share": FIRST_OF_BALANCE})
"""What links of before may still ask for → what is shown instead; the page says so."""
_CHANGES: Final = tuple(
    Column(code, "change", "geo.balance.balance_change", lack="change", words="balance_change")
    for code in BALANCE_CHANGE
)

HERE: Final = tuple(
    Indicator(
        Column(code, "rate", "geo.balance.support_balance", lack="classes", words="balance"),
        position=60 + place,
        measure="layers.answers.measures.balance.measure_balance",
        columns=_CHANGES if code == FIRST_OF_BALANCE else (),
        figures=("demand_persons", *BALANCE, *BALANCE_CHANGE),
        choices=frozenset({PEOPLE, SINCE}),
        title="places",
        has_marks=False,
    )
    for place, code in enumerate(BALANCE)
)
