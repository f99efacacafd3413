"""Telephones for everybody on a page of the finder: those of danger, those of the need, and the others that fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.vocabulary.helplines import EMERGENCY, Helpline, helplines, helplines_for
from data.vocabulary.needs import Need
from layers.site.calls import Call, calls_of
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.words.helpline_words import helpline_line


@dataclass(frozen=True)
class HelplineLine:
    """A telephone for everybody."""

    call: Call
    about: str


def page_helplines(
    request: FinderRequest, need: Need | None, danger: Need | None, *, is_list: bool, texts: Texts
) -> tuple[tuple[HelplineLine, ...], ...]:
    """
    Return the telephones of a danger with 112 first, those that answer the need, and the others that fit.

    Before anything is asked all fit.
    """
    asked = danger or need
    fitting = (
        helplines_for(request.view.group, asked.code if asked else "") if is_list or asked else helplines()
    )
    of_danger = [one for one in fitting if danger and (danger.code in one.needs or one.number == EMERGENCY)]
    of_danger.sort(key=lambda one: one.number != EMERGENCY)
    first = [one for one in fitting if need and need.code in one.needs and one not in of_danger]
    others = [one for one in fitting if one not in (*of_danger, *first)]
    return helpline_lines(of_danger, texts), helpline_lines(first, texts), helpline_lines(others, texts)


def helpline_lines(some: Sequence[Helpline], texts: Texts) -> tuple[HelplineLine, ...]:
    """Return telephones for everybody with what they are for."""
    return tuple(HelplineLine(calls_of([one.number])[0], helpline_line(one, texts)) for one in some)
