"""The names of a resident's filters."""

from layers.answers.resident_filters import ANY_LANGUAGE, language_of
from layers.text import Texts
from layers.words.service_facts import language_name


def filter_name(code: str, texts: Texts) -> str:
    """Return the name of a filter."""
    language = language_of(code)
    if language:
        return texts.t("filter.language", language=language_name(language, texts))
    return texts.t("filter.any_language" if code == ANY_LANGUAGE else f"filter.{code}")


def filter_in_sentence(code: str, texts: Texts) -> str:
    """Return the name of a filter as it stands within a sentence."""
    name = filter_name(code, texts)
    return name[:1].lower() + name[1:]
