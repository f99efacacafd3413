"""A view that is computed again: the raw files, the question, its areas, and choices that a sentence repeats."""

from dataclasses import replace
from datetime import date
from typing import Self

import pandas as pd

from tests.truth.recompute.country import DIGITS
from tests.truth.recompute.question import Question
from tests.truth.recompute.raw import Raw


class View:
    """A view; its figures are computed when they are asked for."""

    def __init__(self, raw: Raw, question: Question) -> None:
        self.raw, self.question = raw, question
        self.codes = pd.Index(raw.country.codes(question.level, question.scope))
        self.digits = DIGITS[question.level]

    @classmethod
    def asked(cls, raw: Raw, question: Question) -> Self:
        """Return the figures that a question has in every language: what was computed once is not computed again."""
        key = (cls, replace(question, lang="pl"))
        if key not in raw.figures:
            raw.figures[key] = cls(raw, question)
        return raw.figures[key]

    def at(self, **changes: object) -> Self:
        """Return the figures of the same view with other choices."""
        return self.asked(self.raw, replace(self.question, **changes))

    @property
    def areas(self) -> float:
        """All areas of the view."""
        return len(self.codes)

    @property
    def _prefix(self) -> str:
        return "" if self.question.scope == "00" else self.question.scope

    @property
    def distance(self) -> float:
        """How far is near, in kilometres."""
        return self.question.distance_km

    @property
    def detour(self) -> float:
        """What a road is longer than the line."""
        return self.question.detour_pct / 100

    @property
    def age(self) -> float:
        """From which age people are older."""
        return self.question.age_from

    @property
    def year(self) -> float:
        """The year of the view."""
        return self.question.year

    @property
    def review_days(self) -> float:
        """How long a record of the form is fresh; a choice of ours and no figure."""
        return 365

    @property
    def today(self) -> float:
        """The day of the calendar, as yyyymmdd."""
        return int(f"{date.today():%Y%m%d}")  # noqa: DTZ011 - as the page counts ages
