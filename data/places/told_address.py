"""Whether a name tells where a protected place is: "Dom przy Tajemnej" is an address, too."""

from data.names import fold

_SHORT = 4
_ENDING = 3
"""Letters that Polish cases change: Tajemna, Tajemnej, Tajemną."""
_TITLES = frozenset({"ulica", "aleja", "aleje", "plac", "osiedle", "skwer", "rondo", "bulwar"})


def tells_address(text: str | None, *parts: str | None) -> bool:
    """
    Whether any telling word of the parts of an address stands in a text, in whatever case.

    Short words, titles and numbers tell nothing by themselves.

    Parameters
    ----------
    text
        A name or a sentence.
    parts
        Street with number, locality: what may not be told.
    """
    words = fold(text or "").split()
    return any(word.startswith(stem) for stem in _stems(parts) for word in words)


def _stems(parts: tuple[str | None, ...]) -> list[str]:
    words = [word for part in parts for word in fold(part or "").split()]
    return [
        word[: max(_SHORT, len(word) - _ENDING)]
        for word in words
        if len(word) >= _SHORT and word.isalpha() and word not in _TITLES
    ]
