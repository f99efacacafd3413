"""Telephones for everybody in words: whose, at which hours, and of which day we know it."""

from data.opening_hours import say
from data.vocabulary.helplines import Helpline
from layers.text import Texts
from layers.words.source_words import capital


def helpline_line(helpline: Helpline, texts: Texts) -> str:
    """Return what a telephone is for, when somebody answers it, and the day of the source."""
    day = texts.date(helpline.as_of, precision=helpline.precision)
    hours = say(helpline.hours, texts.lang)
    return texts.t("finder.helpline", name=capital(helpline.name[texts.lang]), hours=hours, day=day)
