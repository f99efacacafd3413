"""Whom a form takes in and by which law, in the language of the page; acts keep their Polish names."""

from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from layers.text import Texts


def use_authority(form: str, texts: Texts) -> str:
    """Return who may come to a form and who decides, with the law where one says so."""
    entry = support_forms()[form]
    words, law = (plain_text(part) for part in (entry.use_words[texts.lang], entry.use_authority))
    return texts.t("use.authority", words=words, law=law) if law else words
