"""The states that are compared, as bars and tables of HTML: letters and patterns, not colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from data.scenarios import Scenario
from layers.answers.area_table import AreaTable
from layers.answers.measures.gap_answer import Amount
from layers.answers.measures.gaps import triad_shares
from layers.answers.scenario_effect import Effect
from layers.indicators.gap_share import TRIAD
from layers.text import Texts
from layers.words.effect_words import effect_rows
from layers.words.figures import write_share_of
from layers.words.view_words import Wording

_LETTERS: Final = dict(zip(TRIAD, "ABCD", strict=True))
_LETTER_FROM_SHARE: Final = 0.04
"""A narrower part of a bar has no room for its letter; the table below has it."""


@dataclass(frozen=True, eq=False)
class Side:
    """
    One of the states that are compared: its name as text, its table, and its scenario (None: today).

    `left_out` are the numbers of changes that were not made (`data.scenarios.applying.Applied`).
    """

    name: str
    table: AreaTable
    scenario: Scenario | None
    left_out: frozenset[int] = frozenset()


def bars(first: Side, last: Side, effect: Effect, texts: Texts) -> str:
    """Return a bar of each state, parted as its people are, as HTML."""
    rows = []
    for side, people in ((first, effect.before), (last, effect.after)):
        shares = dict(zip(TRIAD, triad_shares(side.table.rows), strict=False))
        if not shares:
            continue
        said = "; ".join(
            f"{_part_name(part, side.table, texts)}: {_share(share, part, people[part], texts)}"
            for part, share in shares.items()
        )
        parts = "".join(
            f'<span class="triad-{letter}" style="width:{100 * shares[part]:.3f}%">'
            f"{f'<b>{letter}</b>' if shares[part] >= _LETTER_FROM_SHARE else ''}</span>"
            for part, letter in _LETTERS.items()
            if shares[part] > 0
        )
        rows.append(
            f'<span>{escape(side.name)}</span><span class="triad-bar" role="img" '
            f'aria-label="{escape(said)}">{parts}</span>'
        )
    return f'<div class="triad-bars">{"".join(rows)}</div>'


def people_table(first: Side, last: Side, effect: Effect, texts: Texts) -> str:
    """Return the parts of the people in both states and their difference, as an HTML table."""
    rows = []
    for column, name, cells in effect_rows(first.table, effect, texts):
        letter = _LETTERS.get(column)
        mark = f'<span class="triad-letter triad-{letter}"><b>{letter}</b></span>' if letter else ""
        rows.append((mark + escape(name), cells))
    heads = [texts.t("scenario.people"), first.name, last.name, texts.t("scenario.difference")]
    caption = texts.t("scenario.people_caption", first=first.name, second=last.name)
    return html_table(caption, heads, rows)


def html_table(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return an HTML table; the first cell of each row is HTML already, everything else is text."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, cells in rows
    )
    said = escape(caption)
    return (
        f'<div class="triad-frame" role="region" tabindex="0" aria-label="{said}">'
        f'<table class="triad"><caption>{said}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _share(share: float, part: str, persons: Amount, texts: Texts) -> str:
    return write_share_of(share, part, texts, persons=persons.estimate, bound=persons.bound)


def _part_name(column: str, table: AreaTable, texts: Texts) -> str:
    return texts.t(f"export_column_{column}", **Wording(table, texts).values)
