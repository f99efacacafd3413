"""That the database does not answer, and of what moment is what a page shows."""

from datetime import datetime

from data.opening_hours import POLISH_TIME
from layers.text import Texts


def last_known_words(answered_at: datetime, now: datetime, texts: Texts) -> tuple[str, str]:
    """Return what happened and what it means; `now` is the page's clock, in Polish time."""
    moment = answered_at.astimezone(POLISH_TIME)
    at = f"{moment:%H:%M}"
    if moment.date() != now.date():
        at = f"{texts.date(moment.date())}, {at}"
    return texts.t("silent.what", moment=at), texts.t("silent.advice")
