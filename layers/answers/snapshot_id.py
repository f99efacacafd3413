"""Short codes of what an answer was computed from: two states of data or of questions have two."""

import hashlib
from datetime import date

from data.registry.registry import Registry
from layers.indicators.indicator import DISTANCE
from layers.view.question import Question
from layers.view.view import View


def snapshot_id(
    registry: Registry,
    question: Question,
    measured_on: date | None = None,
    *,
    earlier: Registry | None = None,
    roads_digest: str = "",
) -> str:
    """
    Return 12 hexadecimal digits that change with the registry and with the question, not with words.

    How much is known changes with the calendar, too: `measured_on` is the day it was told for. `earlier` is the
    registry that it is compared with, `roads_digest` that of the roads it goes by.
    """
    parameters = [f"{name}={value}" for name, value in sorted(question.to_query().items())]
    if measured_on is not None:
        parameters.append(str(measured_on))
    if earlier is not None:
        parameters.append(earlier.state.fingerprint)
    if question.travel != "line" and DISTANCE in question.what.choices:
        parameters.append(roads_digest)
    if months := _months(registry):
        parameters.append(months)
    text = "|".join([registry.state.fingerprint, str(registry.state.as_of), *parameters])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _months(registry: Registry) -> str:
    """Return until when earlier months of files tell queues of an earlier day; empty where none does."""
    stated = registry.stated_vacancies
    if registry.held_from is None or stated.empty:
        return ""
    months = stated.loc[stated["is_month"] & (stated["day"] <= registry.held_from), "day"]
    return "" if months.empty else f"months to {months.max()}"


def costs_snapshot_id(registry: Registry, view: View, *parts: str) -> str:
    """Return 12 hexadecimal digits that change with the registry, the scenario, the costs and the area."""
    told = [registry.state.fingerprint, str(registry.state.as_of), view.chosen, view.scenario, view.costs]
    return hashlib.sha256("|".join([*told, *parts]).encode()).hexdigest()[:12]
