"""The programme that a form was founded in, and what followed it: told wherever the form is."""

from collections.abc import Iterable

from data.vocabulary.programmes import programmes
from layers.text import Texts


def programme_notes(forms: Iterable[str], texts: Texts) -> list[str]:
    """Return a sentence for each ended programme of some forms, each once."""
    known = programmes()
    ended = {programme.name["pl"]: programme for form in forms if (programme := known.get(form))}
    return [
        texts.t(
            "programme.ended",
            name=one.name[texts.lang],
            until=one.valid_to,
            successor=one.successor[texts.lang],
            first=str(one.successor_from.year),
            last=str(one.successor_to.year),
        )
        for one in ended.values()
    ]
