"""What a licence is called: its own name, or in the language of the page what a catalogue says in Polish words."""

from typing import Final

from layers.text import Texts

_IN_WORDS: Final = {
    "informacja publiczna (licencji nie podano)": "licence.public",
    "zestawienie faktów z publicznych źródeł; adres źródła przy każdym wierszu": "licence.compiled",
}


def licence_words(licence: str | None, texts: Texts) -> str:
    """Return the licence of a source for people; names of licences stay as they are, and none stays empty."""
    key = _IN_WORDS.get(licence or "")
    return texts.t(key) if key else licence or ""
