"""What is missing, in words: places, to what is named in the same sentence, and who has nothing in reach."""

import math
from collections.abc import Sequence
from typing import Any

from geo.gaps import OLD, PROFILE, TOWN
from geo.printed_numbers import LEAST, UNSURE, Bound
from layers.answers.area_table import unit_of
from layers.answers.measures.gap_answer import Amount, GapAnswer
from layers.answers.measures.inputs import Norm
from layers.text import Texts


class GapWords:
    """
    The words of one answer.

    Parameters
    ----------
    answer
        One that is known.
    form
        Decides what is counted: places, meals a day, hours.
    way
        How far is near, as it follows "no facility".
    """

    def __init__(self, answer: GapAnswer, texts: Texts, *, form: str, way: str) -> None:
        self.answer, self.texts, self.way = answer, texts, way
        self.unit = unit_of(form)

    def heading(self) -> str:
        """Return what is missing and to what, with the least and the most; it begins with no capital."""
        return self._missing("", is_brief=True)

    def rest(self) -> str:
        """Return what stands below: of which gminas it is, why it is not known exactly, our estimate, who is out."""
        answer, t = self.answer, self.texts.t
        said = [self._of_gminas("gap.rest_part")]
        if answer.missing_places.bound and answer.reasons and not self._is_of_no_list:
            said.append(t("gap.rest_why", why=self.why()))
        if answer.has_no_list and not math.isnan(answer.missing_places.most):
            said.append(t("gap.rest_nowhere", most=answer.missing_places.most))
        if self.names_estimate:
            said.append(t("gap.rest_known", known=self.known(), estimate=answer.missing_places.estimate))
        said.append(self.out().removeprefix("; "))
        return ". ".join(part[:1].upper() + part[1:] for part in said if part)

    @property
    def _is_of_no_list(self) -> bool:
        """Tell whether the heading says itself that nothing is known because no list is of here."""
        return self.answer.has_no_list and not math.isnan(self.answer.missing_places.most)

    def missing(self) -> str:
        """Return how many places are missing to what is named, how sure that is, and why; and of which gminas it is."""
        return self._missing(self.known()) + self.part()

    def known(self) -> str:
        """Return what the estimate is counted by."""
        return known_words((self.answer,), self.texts)

    @property
    def names_estimate(self) -> bool:
        """Tell whether `missing` names an estimate beside the least and the most."""
        answer, amount = self.answer, self.answer.missing_places
        return amount.least < amount.estimate and amount.is_estimate_apart and answer.is_estimate_told

    def part(self) -> str:
        """Return of which gminas the number is; empty where it is of all."""
        return self._of_gminas("gap.part")

    def _of_gminas(self, key: str) -> str:
        unknown, gminas = self.answer.unknown_gminas, self.answer.gminas
        return self.texts.t(key, known=gminas - unknown, gminas=gminas) if unknown else ""

    def _missing(self, known: str, *, is_brief: bool = False) -> str:
        answer, amount, t = self.answer, self.answer.missing_places, self._brief if is_brief else self.texts.t
        to = named_norm(answer.norm, self.texts, is_brief=is_brief)
        open_end = "_open" if math.isnan(amount.most) else ""
        if amount.is_estimate_apart and not answer.is_estimate_told:
            amount = amount.without_estimate
        if amount.estimate == 0 and not amount.bound:
            key = "gap.below_one" if answer.is_below_one else "gap.none"
            return t(key, to=to, capacity=self._capacity())
        if amount.estimate == 0:
            kind = "_nowhere" if answer.has_no_list and not open_end else open_end
            return t(
                f"gap.none_listed{kind}",
                to=to,
                capacity=self._capacity(),
                most=amount.most,
                why=self.why(),
            )
        if amount.least == 0 and amount.bound:
            # What may be nothing is not said to be missing.
            return t(
                f"gap.perhaps{open_end}",
                to=to,
                capacity=self._capacity(),
                estimate=amount.estimate,
                most=amount.most,
                why=self.why(),
                known=known,
            )
        if amount.bound == UNSURE:
            # A newspaper would print the estimate as the number of the whole, whoever it leaves out.
            return t(
                f"gap.unsure{open_end}",
                to=to,
                places=self._least(amount.least),
                most=amount.most,
                why=self.why(),
                known=known,
                estimate=amount.estimate,
            )
        # Of a number that is told "at least" the least is as much.
        told = self._least(amount.estimate) if amount.bound == LEAST else self._exactly(amount.estimate)
        return t(
            f"gap.{amount.bound or 'exact'}{open_end if amount.bound else ''}",
            to=to,
            places=told,
            least=amount.least,
            most=amount.most,
            why=self.why(),
        )

    def out(self) -> str:
        """Return how many people live where nothing is in reach; empty where nobody does, as far as is known."""
        persons = self.answer.out_of_reach_persons
        # Of those who may have one in reach nothing is said: the others are so many at least.
        if not persons.least:
            return ""
        key = "gap.out_least" if persons.bound else "gap.out"
        return self.texts.t(key, count=int(persons.least), way=self.way)

    def why(self) -> str:
        """Return why numbers are unsure."""
        return ", ".join(self.texts.t(f"gap.why_{reason}") for reason in self.answer.reasons)

    def _brief(self, key: str, **values: Any) -> str:
        """Return a text without the reasons and the estimate, which stand below a heading."""
        brief = f"{key}_brief"
        return self.texts.t(brief if self.texts.has(brief) else key, **values)

    def _least(self, count: float) -> str:
        """Return how many places are missing at least: of a part of one, that it is a part."""
        return self._part("least") if self.answer.is_least_a_part else self.places(count)

    def _exactly(self, count: float) -> str:
        """Return how many places are missing: of a part of one, that it is less and counted as one in the table."""
        return self._part("exact") if self.answer.is_estimate_a_part else self.places(count)

    def _part(self, of: str) -> str:
        unit = "place" if self.unit == "places" else "unit"
        return self.texts.t(f"gap.part_{of}_{unit}", capacity=self._capacity())

    def places(self, count: float) -> str:
        """Return a number of places as it follows "is missing"."""
        return missing_amount(count, self.unit, self.texts)

    def _capacity(self) -> str:
        return self.texts.t(f"export_capacity_{self.unit}")


def known_words(answers: Sequence[GapAnswer], texts: Texts) -> str:
    """Return what an estimate is counted by, where it is told beside the least and the most."""
    said = counted_by(answers, texts)
    return texts.t("gap.known", said=said) if said else texts.t("gap.known_alone")


def counted_by(answers: Sequence[GapAnswer], texts: Texts) -> str:
    """Return whom an estimate leaves out, and what it takes for certain; empty for neither."""
    reasons = {reason for answer in answers for reason in answer.reasons}
    told = [f"gap.known_{reason}" for reason in (PROFILE, TOWN, OLD) if reason in reasons]
    if any(round(answer.no_data_persons) or answer.unknown_gminas for answer in answers):
        told = ["gap.known_people", *told]
    if len(told) < 2:
        return texts.t(told[0]) if told else ""
    *first, last = (texts.t(key) for key in told)
    return texts.t("gap.known_and", first=", ".join(first), last=last)


def missing_amount(count: float, unit: str, texts: Texts) -> str:
    """Return a number in a unit of capacity as it follows "is missing"."""
    if unit == "places":
        return texts.t("gap.places", count=int(count))
    return texts.t("gap.units", count=int(count), capacity=texts.t(f"export_capacity_{unit}"))


def named_norm(norm: Norm, texts: Texts, *, is_brief: bool = False) -> str:
    """Return to what places are missing, with its number: the median of powiats, a target, or the first map's level."""
    people = people_of_norm(norm, texts)
    if people and is_brief:
        people = texts.t("gap.median_people_brief", year=str(norm.people_year))
    rounded = round(norm.places_per_1000, 2)
    decimals = next(n for n in range(3) if round(rounded, n) == rounded)
    return texts.t(f"gap.to_{norm.kind}", norm=texts.number(rounded, decimals=decimals), people=people)


def people_of_norm(norm: Norm, texts: Texts) -> str:
    """Return of which year the people of a median are, after it; empty where all people told are of that year."""
    said = texts.t("gap.median_people", year=str(norm.people_year)) if norm.people_year else ""
    return f" {said}" if said else ""


def amount_words(amount: Amount, unit: str, texts: Texts, *, answer: GapAnswer | None = None) -> str:
    """
    Return what is told of an amount with its range, for a cell or a list, worded as in the heading: no estimate.

    Parameters
    ----------
    answer
        Whose missing places it is, where a part of one place may be told as one; None where it is none.
    """
    amount, t = amount.told, texts.t
    said = _counted(amount.estimate, unit, texts)
    if answer is not None and _is_part(amount, answer):
        said = (
            t("gap.part_least_place" if unit else "gap.part_least_bare") if amount.bound else t("below_one")
        )
    if not amount.bound:
        return said
    if math.isnan(amount.most):
        return t("at_least", value=said) if amount.least else t("gap.amount_open", value=said)
    if not amount.least:
        # What may be nothing is not said to be missing at least.
        return t("gap.amount_perhaps", most=_counted(amount.most, unit, texts))
    return t(range_key(amount.bound), value=said, least=amount.least, most=amount.most)


def _is_part(amount: Amount, answer: GapAnswer) -> bool:
    """Tell whether the one place that is told is a part of one: the least where there is a range, else the estimate."""
    is_part = answer.is_least_a_part if amount.bound else answer.is_estimate_a_part
    return is_part and amount.estimate == amount.least == 1


def range_key(bound: Bound) -> str:
    """Return the text of a number that is not certain and of what it is at least and at most."""
    return "gap.range" if bound == UNSURE else f"gap.amount_{bound}"


def _counted(count: float, unit: str, texts: Texts) -> str:
    return texts.number(count) if unit == "" else missing_amount(count, unit, texts)
