"""When a closed door opens next, and which day it is, in words."""

import datetime as dt
from typing import Any

from babel.dates import format_date

from data.opening_hours import OpeningHoursError, opens_next
from data.quality.records import is_stay
from data.vocabulary.languages import LANGUAGES
from layers.answers.service_today import hours_of
from layers.text import Texts


def weekday_words(day: dt.date, texts: Texts) -> str:
    """Return a day with its weekday, as "poniedziałek, 30 listopada"."""
    pattern = "EEEE, MMMM d" if texts.lang == "en" else "EEEE, d MMMM"
    return str(format_date(day, format=pattern, locale=LANGUAGES[texts.lang].locale))


def next_opening_words(service: dict[str, Any], now: dt.datetime, texts: Texts) -> str:
    """
    Return when a door that is closed now opens next; empty where its hours do not tell, and for an open one.

    Parameters
    ----------
    service
        A row of `layers.answers.service_today.with_today`.
    now
        The page's clock, Polish time.
    """
    hours, _ = hours_of(service)
    if service["is_open"] is not False or not hours:
        return ""
    try:
        at = opens_next(hours, now, is_round_the_clock=is_stay(service["support_form"]))
    except OpeningHoursError:
        return ""
    if at is None:
        return ""
    time = f"{at.hour}:{at.minute:02}"
    days = (at.date() - now.date()).days
    if days <= 1:
        return texts.t("site.opens_tomorrow" if days else "site.opens_today", time=time)
    return texts.t("site.opens_on", day=weekday_words(at.date(), texts), time=time)
