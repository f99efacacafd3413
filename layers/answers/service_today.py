"""What can be said of services at an instant: whether a door is open, vacancies still hold, somebody checked lately."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from data.opening_hours import OpeningHoursError, is_holiday_untold, is_open, is_public_holiday
from data.quality.records import is_stay
from data.store.origins import is_evidence
from data.vocabulary import support_forms
from layers.answers.service_rows import Row

CHECKED, LONG_AGO, NEVER, UNCONFIRMED = "checked", "long_ago", "never", "unconfirmed"
"""Of the day of a record: within its form's review cycle, past it, not known; or nobody ever confirmed the place."""


def with_today(services: Iterable[Row], official: Collection[str], now: dt.datetime) -> list[Row]:
    """
    Return the services with what depends on the day and the hour.

    Parameters
    ----------
    services
        As `layers.answers.facility_entries.join_services` returns.
    official
        Codes of the sources that a public office publishes.
    now
        The page's clock, Polish time.

    Returns
    -------
    services
        The same rows and columns, and

        - `is_open`: True, False, or None when the hours do not tell;
        - `is_holiday_untold`: it is a public holiday, or the night after it, and the hours do not tell what that means;
        - `is_vacancy_old`: vacancies have expired, or nobody knows of which day they are; such figures are shown as
          old and never taken for free places;
        - `checked`: `checked`, `long_ago`, `never` or `unconfirmed`;
        - `is_to_confirm`: not checked lately, or from a list that is not an official register.
    """
    return [{**row, **_of_today(row, official, now)} for row in services]


def _of_today(row: Row, official: Collection[str], now: dt.datetime) -> Row:
    today, state = now.date(), door_state(row, now)
    checked = _checked(row, today)
    return {
        "is_open": state,
        "is_holiday_untold": state is None and _is_holiday_untold(row, now),
        "is_vacancy_old": _is_vacancy_old(row, today),
        "checked": checked,
        "is_to_confirm": checked != CHECKED or row["source_code"] not in official,
    }


def hours_of(service: dict[str, Any]) -> tuple[str, str]:
    """Return hours in OpenStreetMap's form and as worded; those of the service itself go before its facility's."""
    own = _text(service, "service_opening_hours"), _text(service, "service_opening_hours_text")
    return own if any(own) else (_text(service, "opening_hours"), _text(service, "opening_hours_text"))


def door_state(service: dict[str, Any], now: dt.datetime) -> bool | None:
    """Tell whether a service is open at an instant; None when its hours are unknown or only words."""
    hours, _ = hours_of(service)
    if not hours:
        return None
    try:
        return is_open(hours, now, is_round_the_clock=is_stay(service["support_form"]))
    except OpeningHoursError:
        # The load checks hours; what another program wrote past it is shown as it stands and told nothing from.
        return None


def _is_holiday_untold(service: dict[str, Any], now: dt.datetime) -> bool:
    """Tell whether hours that somebody knows leave a holiday open; of words alone every holiday is."""
    hours, worded = hours_of(service)
    if is_public_holiday(now.date()):
        return bool(hours or worded)
    try:
        return bool(hours) and is_holiday_untold(hours, now)
    except OpeningHoursError:
        return False


def vacancies_hold_until(service: dict[str, Any]) -> dt.date | None:
    """Return the last day on which vacancies hold: the source's own, else the form's; None if unknown."""
    expiry: dt.date | None = service.get("vacancies_expire_on")
    if not pd.isna(expiry):
        return expiry
    day, days = service.get("vacancies_on"), support_forms()[service["support_form"]].vacancy_days
    return None if pd.isna(day) or days is None else day + dt.timedelta(days=days)


def _is_vacancy_old(service: dict[str, Any], today: dt.date) -> bool:
    until = vacancies_hold_until(service)
    return until is None or today > until


def _checked(service: dict[str, Any], today: dt.date) -> str:
    # The same rule as `data.quality.records.record_quality`: a date known by month or year counts from its first day.
    if is_evidence(service["origin"]):
        return UNCONFIRMED
    day = service["dated_on"]
    if pd.isna(day):
        return NEVER
    cycle = dt.timedelta(days=support_forms()[service["support_form"]].review_days)
    return LONG_AGO if today > day + cycle else CHECKED


def _text(service: dict[str, Any], name: str) -> str:
    value = service.get(name)
    return value.strip() if isinstance(value, str) else ""
