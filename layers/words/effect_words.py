"""What a scenario does, in words: what is missing before and after, and each difference with its sign."""

import pandas as pd

from geo.printed_numbers import LEAST, UNSURE
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import Amount
from layers.answers.scenario_effect import EffectFigure
from layers.text import Texts
from layers.words.figures import BOUND_TEXTS, write_figure
from layers.words.gap_words import amount_words, known_words, named_norm, range_key
from layers.words.view_words import Wording


def effect_sentence(before: AreaTable, after: AreaTable, texts: Texts) -> str:
    """Return what is missing before and after, and to what: the two headings in one sentence."""
    if before.answer is None or after.answer is None:
        raise ValueError("expected two tables of gaps with an answer, found one of another indicator")
    answers = (before.answer, after.answer)
    is_apart = any(answer.is_estimate_apart for answer in answers)
    # As in the heading: the estimate of the smaller part of the people is told of none of them.
    is_told = all(answer.is_estimate_told for answer in answers)
    exact = [answer.missing_places for answer in answers]
    told = [amount.without_estimate for amount in exact] if is_apart else exact
    people = [
        write_figure(out.least, "out_of_reach_persons", texts, bound=LEAST if out.bound else "")
        for out in (answer.out_of_reach_persons for answer in answers)
    ]
    unit, t = unit_of(before.view.form), texts.t
    estimates = {"before": exact[0].estimate, "after": exact[1].estimate}
    return t(
        "scenario.effect",
        to=named_norm(before.answer.norm, texts),
        before=amount_words(told[0], unit, texts),
        after=amount_words(told[1], unit, texts),
        estimates=t("scenario.effect_known", known=known_words(answers, texts), **estimates)
        if is_apart and is_told and told != exact
        else "",
        out_before=people[0],
        out_after=people[1],
        **Wording(before, texts).values,
    )


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
