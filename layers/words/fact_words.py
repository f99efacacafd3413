"""What a form of support is in general, for whom, what it costs and how to get it: words for a page and a card."""

import datetime as dt
from dataclasses import dataclass

from data.vocabulary.form_facts import FormFacts, form_facts
from layers.text import Texts


@dataclass(frozen=True)
class ToldFacts:
    """
    Facts of a form in words; what nobody knows is empty.

    Attributes
    ----------
    what, whom, cost
        A sentence or two each; what is not confirmed says where to ask.
    steps
        In their order.
    steps_note
        That the steps are not confirmed; empty where they are.
    source, source_url
        The law with the month of the facts, or a page where no law tells of the form.
    """

    what: str
    whom: str
    cost: str
    steps: tuple[str, ...]
    steps_note: str
    source: str
    source_url: str


def told_facts(form: str, texts: Texts) -> ToldFacts:
    """Return the facts of a form of support in a language."""
    facts = form_facts()[form]
    return ToldFacts(
        what=_sentence(facts, "what", texts),
        whom=_sentence(facts, "whom", texts),
        cost=_sentence(facts, "cost", texts),
        steps=facts.told["steps"][texts.lang] if "steps" in facts.told else (),
        steps_note=texts.t("facts.unsure") if "steps" in facts.unsure else "",
        source=_source(facts, texts),
        source_url="" if facts.law else facts.source_url,
    )


def _sentence(facts: FormFacts, fact: str, texts: Texts) -> str:
    if fact not in facts.told:
        return ""
    said = " ".join(facts.told[fact][texts.lang])
    return f"{said} {texts.t('facts.unsure')}" if fact in facts.unsure else said


def _source(facts: FormFacts, texts: Texts) -> str:
    day = texts.date(dt.date.fromisoformat(f"{facts.as_of}-01"), precision="month")
    if not facts.law:
        return texts.t("facts.no_law", day=day)
    return texts.t("facts.law", law="; ".join(facts.law), day=day)
