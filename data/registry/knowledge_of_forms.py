"""Of each form of support: where a complete list is loaded, where only some list, where nothing, and whom to ask."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from data.registry.counts import FormCount
from data.vocabulary import support_forms


@dataclass(frozen=True)
class FormKnowledge:
    """
    What is loaded of one form, by codes of voivodeships.

    Attributes
    ----------
    complete
        A register says that it lists all: no row is none.
    incomplete
        Something counted is listed, and nobody says that it is all: at least so many.
    nothing
        Nothing counted is listed: no data. Addresses of polling stations are counted nowhere.
    responsible_level, official_register
        Of a form that is listed nowhere: who is responsible for it and which register there is by law, as the
        vocabulary says; empty where it does not say, and for all other forms.
    """

    support_form: str
    name: str
    complete: tuple[str, ...]
    incomplete: tuple[str, ...]
    nothing: tuple[str, ...]
    responsible_level: str = ""
    official_register: str = ""


def knowledge_of_forms(
    counts: Iterable[FormCount], claimed: Collection[tuple[str, str]], voivodeships: Collection[str]
) -> list[FormKnowledge]:
    """
    Return what is known of each form of the vocabulary, in its order.

    Parameters
    ----------
    counts
        Of `data.registry.counts.form_counts`.
    claimed
        (form of support, voivodeship code) for which a loaded register is complete.
    voivodeships
        Codes of all voivodeships.
    """
    listed = {(count.support_form, count.voivodeship_code) for count in counts if count.facilities}
    found = []
    for code, form in support_forms().items():
        complete = tuple(sorted(area for area in voivodeships if (code, area) in claimed))
        incomplete = tuple(
            sorted(area for area in voivodeships if (code, area) in listed and area not in complete)
        )
        nothing = tuple(sorted(set(voivodeships) - {*complete, *incomplete}))
        is_nowhere = not complete and not incomplete
        found.append(
            FormKnowledge(
                support_form=code,
                name=form.name["en"],
                complete=complete,
                incomplete=incomplete,
                nothing=nothing,
                responsible_level=form.responsible_level if is_nowhere else "",
                official_register=form.official_register if is_nowhere else "",
            )
        )
    return found


def say_knowledge(known: Iterable[FormKnowledge]) -> list[str]:
    """Return the lines that tell it, a form a line; then the forms that are listed nowhere, with whom to ask."""
    known = list(known)
    somewhere = [form for form in known if form.complete or form.incomplete]
    lines = [
        f"  {form.support_form} {form.name}: complete {_areas(form.complete, form)}; incomplete "
        f"{_areas(form.incomplete, form)}; nothing {_areas(form.nothing, form)}"
        for form in somewhere
    ]
    nowhere = [form for form in known if not form.complete and not form.incomplete]
    if nowhere:
        lines += ["  listed nowhere, and whom to ask as far as the vocabulary says it:"]
        lines += [f"    {form.support_form} {form.name}{_whom_to_ask(form)}" for form in nowhere]
    return lines


def _areas(codes: Collection[str], form: FormKnowledge) -> str:
    """Return voivodeships by their codes."""
    every = len(form.complete) + len(form.incomplete) + len(form.nothing)
    return "everywhere" if len(codes) == every else ", ".join(codes) or "nowhere"


def _whom_to_ask(form: FormKnowledge) -> str:
    words = [
        f"responsible: {form.responsible_level}" if form.responsible_level else "",
        f"register: {form.official_register}" if form.official_register else "",
    ]
    said = "; ".join(filter(None, words))
    return f" ({said})" if said else ""
