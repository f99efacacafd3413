"""What a scenario does, in words: what is missing before and after, and each difference with its sign."""

import pandas as pd

from geo.printed_numbers import LEAST, UNSURE
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import Amount
from layers.answers.scenario_effect import Effect, EffectFigure
from layers.indicators.gap_share import MISSING
from layers.text import Texts
from layers.words.figures import BOUND_TEXTS, write_figure
from layers.words.gap_words import amount_words, known_words, named_norm, range_key
from layers.words.view_words import Wording

_ESTIMATE, _, _MOST = MISSING


def effect_sentence(before: AreaTable, after: AreaTable, texts: Texts) -> str:
    """Return what is missing before and after, and to what: the two headings in one sentence."""
    if before.answer is None or after.answer is None:
        raise ValueError("expected two tables of gaps with an answer, found one of another indicator")
    answers = (before.answer, after.answer)
    # As in the heading: the estimate of the smaller part of the people is told of none of them.
    is_told = all(answer.is_estimate_told for answer in answers)
    exact, told = (
        [getattr(answer, name) for answer in answers] for name in ("missing_places", "told_places")
    )
    people = [
        write_figure(out.least, "out_of_reach_persons", texts, bound=LEAST if out.bound else "")
        for out in (answer.out_of_reach_persons for answer in answers)
    ]
    unit, t = unit_of(before.view.form), texts.t
    estimates = {"before": exact[0].estimate, "after": exact[1].estimate}
    return t(
        "scenario.effect",
        to=named_norm(before.answer.norm, texts),
        before=amount_words(told[0], unit, texts, answer=before.answer),
        after=amount_words(told[1], unit, texts, answer=after.answer),
        estimates=t("scenario.effect_known", known=known_words(answers, texts), **estimates)
        if is_told and told != exact
        else "",
        out_before=people[0],
        out_after=people[1],
        **Wording(before, texts).values,
    )


def effect_notes(effect: Effect, texts: Texts, *, names: tuple[str, str]) -> list[str]:
    """
    Return why an effect is none, or may be none, and whom the estimates of both states leave out.

    Parameters
    ----------
    names
        Of the two states, as they stand before a number: "dziś", "po zmianach".
    """
    unknown = [round(side["no_data_persons"].estimate) for side in (effect.before, effect.after)]
    rows, said = effect.missing_rows(), []
    if all(first == second for first, second in rows.values()):
        said.append(texts.t("scenario.effect_none"))
    elif effect.closed.least == 0 and effect.before[_ESTIMATE].least == effect.after[_ESTIMATE].least:
        said.append(texts.t("scenario.effect_perhaps_none"))
    if any(unknown):
        told = {"first": names[0], "second": names[1], "before": unknown[0], "after": unknown[1]}
        sentences = [texts.t("scenario.effect_unknown", **told)]
        if unknown[0] != unknown[1]:
            change = "fewer" if unknown[1] < unknown[0] else "more"
            count = abs(unknown[1] - unknown[0])
            sentences.append(texts.t(f"scenario.effect_unknown_{change}", count=count))
        if _ESTIMATE in rows:
            sentences.append(texts.t("scenario.effect_estimate"))
        if _MOST in rows:
            sentences.append(texts.t("gap.left_most"))
        said.append(" ".join(sentences))
    (over, out), (over_then, out_then) = (
        (side["over_capacity_persons"].estimate, side["out_of_reach_persons"].estimate)
        for side in (effect.before, effect.after)
    )
    if over_then > over and over_then + out_then <= over + out:
        moved = {"first": names[0], "second": names[1], "before": over, "after": over_then}
        said.append(texts.t("scenario.effect_moved", **moved))
    return said


def effect_rows(
    before: AreaTable, effect: Effect, texts: Texts
) -> list[tuple[str, str, tuple[str, str, str]]]:
    """
    Return the people and places of both states, a row a column: its code, its name, and before, after and change.

    What is missing is told in numbers of one kind, so that each row subtracts; so are people.
    """
    words, rows = Wording(before, texts), []
    for column in (name for name in effect.before if name != "missing_places"):
        pair = [side[column] for side in (effect.before, effect.after)]
        cells = [write_figure(amount.estimate, column, texts, bound=amount.bound) for amount in pair]
        rows.append((column, (cells[0], cells[1], write_amount(_turned(pair[0].minus(pair[1])), texts))))
    for column, numbers in effect.missing_rows().items():
        first, second = (write_figure(number, column, texts) for number in numbers)
        change = write_change(EffectFigure(numbers[1] - numbers[0]), texts)
        rows.append((column, (first, second, change)))
    return [(column, texts.t(_head(column, effect), **words.values), cells) for column, cells in rows]


def _head(column: str, effect: Effect) -> str:
    """Return the key of the head of a row; beside the least and the most an estimate is called one."""
    is_apart = column == _ESTIMATE and len(effect.missing_rows()) > 1
    return "scenario.missing_estimate" if is_apart else f"export_column_{column}"


def _turned(less: Amount) -> Amount:
    """Return what is more in the second state, of what is less."""
    return Amount(-less.most, 0.0 - less.estimate, 0.0 - less.least)


def write_change(change: EffectFigure, texts: Texts, *, plus: str = "+") -> str:
    """
    Return a difference of people or places with its sign, in whole ones, and how far it is to be believed.

    Parameters
    ----------
    plus
        The sign of what is more; empty where the head says which way it goes, as "by how much fewer" does.
    """
    if pd.isna(change.value):
        return texts.t("no_data")
    whole = round(change.value)
    if whole == 0:
        return texts.t("unsure", value="0") if change.bound else texts.t("scenario.no_change")
    said = _signed(whole, texts, plus)
    return texts.t(BOUND_TEXTS[change.bound], value=said) if change.bound else said


def write_amount(change: Amount, texts: Texts, *, plus: str = "+") -> str:
    """Return a difference with its sign as `write_change` does, and between what it lies where it is not certain."""
    if not change.bound:
        return write_change(EffectFigure(change.estimate), texts, plus=plus)
    if change.is_estimate_apart and change.least == change.estimate <= 0 and not pd.isna(change.most):
        between = {"least": _signed(change.least, texts, plus), "most": _signed(change.most, texts, plus)}
        return texts.t("gap.amount_between", **between)
    said = _signed(change.estimate, texts, plus)
    ends = [value for value in (change.least, change.most) if not pd.isna(value)]
    if len(ends) < 2:
        return texts.t("unsure", value=said)
    least, most = (_signed(value, texts, plus) for value in (min(ends), max(ends)))
    key = range_key(change.bound if change.estimate > 0 else UNSURE)
    return texts.t(key, value=said, least=least, most=most)


def _signed(value: float, texts: Texts, plus: str) -> str:
    sign = plus if value > 0 else "−" if value < 0 else ""
    return sign + texts.number(abs(round(value)))
