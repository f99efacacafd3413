"""How the facts of an area are said, the same on its card and on its printed sheet."""

import math
from typing import Final

import pandas as pd

from data.store.names import polish_order
from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from geo.printed_numbers import LEAST, MOST
from layers.answers.area_table import AreaTable, unit_of
from layers.text import Texts
from layers.words.area_facts.card import AreaFacts
from layers.words.area_facts.figure import Figure
from layers.words.area_facts.local_government import Progress
from layers.words.area_facts.neighbours import Neighbour
from layers.words.area_facts.services import FacilityFact
from layers.words.area_facts.triad import TriadFacts
from layers.words.area_names import names_of_level
from layers.words.figures import write_share_of
from layers.words.form_words import use_authority
from layers.words.other_list_words import other_list_day
from layers.words.others_words import others_lines
from layers.words.place_words import known_to_words
from layers.words.source_words import day_words
from layers.words.view_words import Wording

PARTS_COLOURS: Final = ("#253494", "#1d91c0", "#c2410c", "#ffffff")
"""Of the gap triad in its order: a place, no free place, nothing in reach, not known (hatched)."""


def facility_line(fact: FacilityFact, table: AreaTable, texts: Texts) -> str:
    """Return a facility with its places, how exactly its place is known and the day on which that was confirmed."""
    t = texts.t
    is_known = not math.isnan(fact.capacity_places)
    places = (
        t(
            "area_card.capacity_shared" if fact.is_for_others else "area_card.capacity",
            value=texts.number(fact.capacity_places),
            capacity=t(f"export_capacity_{unit_of(table.view.form)}"),
        )
        if is_known
        else t("area_card.capacity_unknown")
    )
    if is_known and fact.places_said_on is not None:
        places = t("area_card.capacity_own", places=places, date=texts.date(fact.places_said_on))
    for day in fact.places_of if is_known else ():
        places = t("area_card.capacity_other_list", places=places, date=other_list_day(day, texts))
    if where := known_to_words(vars(fact), texts):
        places = t("area_card.capacity_where", places=places, where=where)
    key = "area_card.facility_in" if fact.gmina_name else "area_card.facility"
    told = {"name": plain_text(fact.name), "gmina": plain_text(fact.gmina_name), "places": places}
    return t(key, day=day_words(vars(fact), texts), **told)


def together_line(facts: AreaFacts, texts: Texts) -> str:
    """Return that people of several gminas are known together only; empty for one gmina and larger areas."""
    return texts.t("area_card.together") if facts.is_together else ""


def seat_lines(seats: pd.DataFrame, texts: Texts) -> list[str]:
    """Return the organisations of `AreaFacts.seats` by name, each with its gmina where the area is several of them."""
    return [
        texts.t("seats.in_gmina", name=plain_text(name), gmina=plain_text(gmina))
        if gmina
        else plain_text(name)
        for name, gmina in zip(seats["name"], seats["own_gmina"], strict=True)
    ]


def seats_head(facts: AreaFacts, texts: Texts) -> str:
    """Return how many organisations have their seat in the area."""
    return texts.t("seats.here_each" if facts.is_together else "seats.here", count=len(facts.seats))


def seats_line(facts: AreaFacts, texts: Texts) -> str:
    """Return how many organisations have their seat here and what a seat is, in one paragraph; empty for none."""
    seats = facts.seats
    if seats.empty:
        return ""
    return f"{seats_head(facts, texts)}. {texts.t('seats.what', date=seats['as_of'].iloc[0])}"


def unconfirmed_line(facts: AreaFacts, texts: Texts) -> str:
    """Return what is said to be in the area and counted nowhere, with the years of its elections; empty for nothing."""
    found, t = facts.unconfirmed, texts.t
    if not found.facilities_count:
        return ""
    match [str(year) for year in found.years]:
        case []:
            when = t("origin.undated")
        case [year]:
            when = t("origin.apart_year", year=year)
        case [first, *_, last]:
            when = t("origin.apart_years", first=first, last=last)
    return t("origin.apart_area", count=found.facilities_count, when=when)


def apart_lines(facts: AreaFacts, texts: Texts) -> list[str]:
    """Return what stands here and is in no number of the card: for other people, somewhere near, or perhaps."""
    others = others_lines(facts.table, facts.code, texts)
    return [
        line for line in (*others, *somewhere_lines(facts, texts), unconfirmed_line(facts, texts)) if line
    ]


def somewhere_lines(facts: AreaFacts, texts: Texts) -> list[str]:
    """Return of which facilities only the powiat or voivodeship is known: those of the area, then those round it."""
    inside = sum(of.facilities_count for of in facts.somewhere if of.area_code.startswith(facts.code))
    lines = [texts.t("coarse.counted_here", count=inside)] if inside else []
    areas = facts.registry.areas.set_index("area_code")
    for of in facts.somewhere:
        if of.area_code in areas.index and not of.area_code.startswith(facts.code):
            key = f"coarse.somewhere_{areas.loc[of.area_code, 'level']}"
            name = plain_text(str(areas.loc[of.area_code, "name"]))
            lines.append(texts.t(key, name=name, count=of.facilities_count))
    return lines


def no_lack_line(facts: AreaFacts, texts: Texts) -> str:
    """Return why nothing is said of reach and lack here."""
    if not facts.has_rates:
        return texts.t("counted.no_rates_here")
    form = support_forms()[facts.view.form].name[texts.lang]
    return texts.t("use.no_lack_of_gmina", form=form, authority=use_authority(facts.view.form, texts))


def figure_name(figure: Figure, texts: Texts) -> str:
    """Return what a figure of a card is the number of."""
    return texts.t(f"export_column_{figure.column}", **Wording(figure.table, texts).values)


def answer_name(facts: AreaFacts, texts: Texts, *, indicator: str) -> str:
    """Return what the first number of a card is: the view's `indicator`, or what is told instead where it cannot be."""
    is_other = bool(facts.answer) and facts.answer[0].column != facts.view.indicator
    if is_other:
        return figure_name(facts.answer[0], texts)
    year = facts.view.question.year if facts.view.indicator == "people" else 0
    return texts.t("area_card.people_of_year", name=indicator, year=str(year)) if year else indicator


def own_lines(facts: AreaFacts, texts: Texts) -> list[str]:
    """Return that reach and gap of the card count own residents only; nothing where they count everybody in reach."""
    return [texts.t("use.own_card")] if facts.view.own and facts.triad is not None else []


def rounding_line(facts: AreaFacts, texts: Texts) -> str:
    """
    Return how rates "at least" and "at most" are rounded; empty where the balance has neither.

    The same 207 places are "at least 3.8" of their kind and 3.9 as the places of a form.
    """
    is_bound = any(figure.is_known and figure.bound in {LEAST, MOST} for figure in facts.balance)
    return texts.t("export_bound_rounded_note") if is_bound else ""


def balance_lines(facts: AreaFacts, texts: Texts) -> list[str]:
    """Return of whose people the rates of the balance are, where the card is of another year's, and how they round."""
    year = facts.view.question.year
    of_now = [texts.t("area_card.balance_of_now", year=str(year))] if year else []
    return [*of_now, *filter(None, [rounding_line(facts, texts)])]


def share_words(triad: TriadFacts, texts: Texts) -> list[str]:
    """Return the share of each part in all people, with the bound of the part; empty where a part is unknown."""
    return [
        write_share_of(share, part.column, texts, persons=part.value, bound=part.bound)
        for part, share in zip(triad.parts, triad.shares, strict=False)
    ]


def other_figures(facts: AreaFacts, texts: Texts) -> list[tuple[Figure, str]]:
    """Return the figures with the other answer to who may come, each with a name that says which."""
    key = "use.without_own" if facts.view.own else "use.with_own"
    return [(figure, texts.t(key, name=texts.t(f"use.figure_{figure.column}"))) for figure in facts.otherwise]


def neighbour_names(facts: AreaFacts, texts: Texts) -> list[tuple[Neighbour, str]]:
    """Return the neighbours by name, told from all their namesakes."""
    names = names_of_level(facts.registry, facts.view.level, texts)
    named = [(neighbour, plain_text(names[neighbour.code])) for neighbour in facts.neighbours]
    return sorted(named, key=lambda pair: polish_order(pair[1]))


def neighbour_value(neighbour: Neighbour, texts: Texts) -> str:
    """Return the number of a neighbour, or that it lies beyond the scope of the view."""
    figure: Figure | None = neighbour.figure
    return texts.t("area_card.outside") if figure is None else figure.written(texts)


def if_unchanged_key(facts: AreaFacts) -> str:
    """Return the text of whom and of whose places later years are told: those of today, or of the scenario."""
    return "area_card.if_unchanged_scenario" if facts.view.scenario else "area_card.if_unchanged"


def progress_line(progress: Progress, texts: Texts) -> tuple[str, str]:
    """Return what local governments of a larger area have reached, of those that anything is known of."""
    name = texts.t(f"area_card.progress_{progress.measure}")
    known = progress.units - progress.no_data
    if not progress.no_data:
        return name, texts.t("area_card.progress_of", reached=progress.reached, units=progress.units)
    if not known:
        return name, texts.t("area_card.progress_none_known", units=progress.units)
    return name, texts.t(
        "area_card.progress_part", reached=progress.reached, known=known, no_data=progress.no_data
    )
