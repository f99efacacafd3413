"""
Kinds of support, by where and for how long a form helps: at home, by day, housing, day and night, a short stay.

Not what a lawyer calls community or institutional (`di_class`, a proposal): places of a club are not set against beds.
"""

from typing import Final

SUPPORT_KINDS: Final = ("home", "day", "housing", "round_the_clock", "short_stay")
"""In the order of showing: from help at home to a stay day and night, and stays for a time apart."""
NO_KIND: Final = ""
"""Of offices, meals, advice, work and things to borrow: they are no places of any kind."""
STAYS: Final = ("round_the_clock", "short_stay")
"""Kinds whose people live there, so that a gmina also pays for those of its residents who live elsewhere."""
