"""What is told wherever a form is: whom it takes in, by which law, and what followed its programme."""

from collections.abc import Iterable

from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from data.vocabulary.programmes import programmes
from layers.text import Texts


def use_authority(form: str, texts: Texts) -> str:
    """Return who may come to a form and who decides, with the law where one says so."""
    entry = support_forms()[form]
    words, law = (plain_text(part) for part in (entry.use_words[texts.lang], entry.use_authority))
    return texts.t("use.authority", words=words, law=law) if law else words


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
