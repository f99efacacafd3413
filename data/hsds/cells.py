"""
Cells of CSV that no spreadsheet takes for a formula, and back again without loss.

A text that would begin a formula gets an apostrophe before it, and so does one that already has apostrophes
before such a beginning. Reading takes one off again from texts that begin so; all others are left as they are.
"""

import re

_BEGINS = r"[\s\u200b\ufeff]*[=+\-@\t\r＝＋－＠]"
_TO_GUARD = re.compile(rf"'*{_BEGINS}")
_GUARDED = re.compile(rf"'+{_BEGINS}")


def guarded(text: str) -> str:
    """Return the text as it is written."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that was meant; the inverse of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text
