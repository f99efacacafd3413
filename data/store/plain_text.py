"""Text of others made safe to print: names come from files that anybody may have written."""

import re
import unicodedata

# Control, format (bidirectional overrides among them), lone surrogate, private, unassigned, line separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACES = re.compile(" {2,}")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def plain_text(text: object) -> str:
    """
    Return the text on one line, with characters that XML or a spreadsheet cannot hold replaced by spaces.

    Spaces that must not break a line (between the digits of a number) stay. A soft hyphen or a direction mark
    also becomes a space: it could make a printed name read as another one.
    """
    words = str(text)
    if words.isprintable() and "  " not in words:  # nearly every text, told by C code
        return words.strip(" ")
    shown = "".join(" " if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in words)
    return _SPACES.sub(" ", shown).strip(" ")


def cell_text(text: object) -> str:
    """
    Return plain text that no spreadsheet reads as a formula, even from a CSV file.

    Notes
    -----
    A leading apostrophe is what OWASP's page on CSV injection asks for; the full-width signs are there
    because Japanese and Chinese versions of Excel take them for the plain ones.
    """
    shown = plain_text(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown
