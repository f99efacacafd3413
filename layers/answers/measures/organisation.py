"""
How local governments organise services: centres of social services (CUS), and local plans (LPDI).

Councils are asked and not people: gminas whose people are told together are one area of the map, and each of them has a
class of its own. The area has the highest of them, and is unsure where they differ.
"""

import pandas as pd

from data.registry.local_government import (
    complete_for_centres,
    dated_plans,
    organisation_by_gmina,
    plans_by_area,
)
from geo.printed_numbers import UNSURE
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured, PartClass, bound_where
from layers.answers.measures.stated_days import days_of_rows
from layers.indicators import INDICATORS


def measure_organisation(inputs: MeasureInputs) -> Measured:
    """
    Return `organisation`, the number of the class of each gmina; missing where nobody knows.

    An area that no list names surely has no centre where a source lists all of them in the voivodeship.
    """
    known = inputs.world.keep(("organisation",), lambda: organisation_by_gmina(inputs.registry))
    here = known[known["area_code"].replace(inputs.registry.together.whole_of).isin(inputs.areas.index)]
    is_listed = inputs.areas["voivodeship_code"].isin(complete_for_centres(inputs.registry))
    classes = _classes("organisation", known.set_index("area_code")["organisation"])
    columns, bounds = _told(inputs, classes, is_complete=is_listed)
    return Measured(
        columns,
        bounds,
        is_complete=is_listed,
        registers=frozenset(code for codes in here["source_codes"] for code in codes),
        days=days_of_rows(here[here["organisation"].notna()]),
    )


def measure_plans(inputs: MeasureInputs) -> Measured:
    """
    Return `local_plan`, the number of the class of each gmina or powiat; missing where nobody knows.

    No list of plans claims to name all, so only what is known is sure. It is of the days of its rows; where none of
    them is of these areas, of those of the whole list, which names none.
    """
    level = inputs.question.level
    known = inputs.world.keep(("plans", level), lambda: plans_by_area(inputs.registry, level))
    classes = _classes("local_plan", known.set_index("area_code")["status"])
    columns, bounds = _told(inputs, classes)
    is_here = known["area_code"].replace(inputs.registry.together.whole_of).isin(inputs.areas.index)
    here = known[is_here & known["status"].notna()]
    return Measured(
        columns,
        bounds,
        is_complete=columns["local_plan"].notna(),
        registers=frozenset(),
        days=days_of_rows(here if len(here) else dated_plans(inputs.registry)),
    )


def _classes(column: str, codes: pd.Series) -> pd.Series:
    numbers = {code: number for number, code in enumerate(INDICATORS[column].class_codes, start=1)}
    return codes.map(numbers).astype(float).rename(column)


def _told(
    inputs: MeasureInputs, classes: pd.Series, *, is_complete: pd.Series | None = None
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """
    Return the class of each area, with those of gminas that are told together, and where these differ.

    Parameters
    ----------
    classes
        Of each gmina or powiat by itself, with the name of their column.
    is_complete
        As `Measured` has it; None where only what is known is.
    """
    column, together = str(classes.name), inputs.registry.together.within(inputs.areas.index)
    columns = pd.DataFrame({column: classes.reindex(inputs.areas.index)})
    if not together.parts:
        return columns, {}
    kinds = inputs.registry.own_gminas.areas_by_code("gmina")["kind"]
    told, is_differing = dict.fromkeys(columns.index), pd.Series(data=False, index=columns.index)
    for whole, parts in together.parts.items():
        own = classes.reindex([part.area_code for part in parts])
        sure = own.notna() if is_complete is None else [bool(is_complete[whole])] * len(own)
        told[whole] = tuple(
            PartClass(part.area_code, part.name, str(kinds[part.area_code]), float(value), bool(is_sure))
            for part, value, is_sure in zip(parts, own, sure, strict=True)
        )
        columns.loc[whole, column] = own.max()
        is_differing[whole] = len(set(own.fillna(0.0))) > 1
    return columns.assign(parts=pd.Series(told)), {column: bound_where(is_differing, UNSURE)}
