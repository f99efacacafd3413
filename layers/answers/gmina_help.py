"""What lists tell of a gmina for a group: help that stands there, that comes there, and what no list covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data.quality.areas import Doubts, claimed_voivodeships, doubts_of
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.vocabulary import forms_for_group
from layers.answers.facility_entries import join_services
from layers.answers.help_entries import help_entries
from layers.answers.listed_services import services_at_hand
from layers.answers.service_rows import Row
from layers.answers.service_today import with_today
from layers.answers.support_centre import gmina_centres


@dataclass(frozen=True, eq=False)
class GminaHelp:
    """
    Help for one group in one gmina.

    Attributes
    ----------
    here, coming, somewhere
        One row per facility and form, as `layers.answers.nearby.NearbyHelp` has them: what stands in the gmina; what
        stands elsewhere and covers it; and what stands in its powiat or voivodeship, nobody knows in which gmina.
    centres
        Where a person of the group applies; may be empty.
    none_listed
        Forms of which a register that lists all of them lists none here for anybody, and nothing contradicts it.
    for_others
        Forms meant for the group too that stand here, as lists say, for others alone; lists rarely state whom else.
    unlisted
        Forms of which no loaded list claims to be whole here: there may be more than is told, or some where none is.
    """

    here: list[Row]
    coming: list[Row]
    somewhere: list[Row]
    centres: list[Row]
    none_listed: tuple[str, ...]
    for_others: tuple[str, ...]
    unlisted: tuple[str, ...]


def help_in_gmina(registry: Registry, code: str, *, group: str, now: datetime) -> GminaHelp:
    """
    Return what is known in a gmina for a group.

    Parameters
    ----------
    code
        TERYT code of six digits, of a gmina of `registry.own_gminas`.
    now
        The page's clock, Polish time.
    """
    own = registry.own_gminas
    listed, entries = services_at_hand(own), help_entries(own, group)
    standing = listed.by_gmina.get(code, ())
    here = [position for position in standing if position in entries.wanted]
    coming = [position for position in entries.everywhere.covering(code) if position not in here]

    def told(rows: Iterable[Row]) -> list[Row]:
        return with_today(join_services(rows), listed.official, now)

    forms = listed.rows.column("support_form")
    shown, of_anybody = {forms[position] for position in (*here, *coming)}, {forms[one] for one in standing}
    asked = forms_for_group(group)
    whole = {form for form in asked if code[:2] in _claimed(own, form)}
    return GminaHelp(
        here=told(listed.rows.at(here)),
        coming=told(listed.rows.at(coming)),
        somewhere=told(listed.rows.at(entries.everywhere.somewhere_around(code))),
        centres=told(gmina_centres(listed.offices_of(code), gmina_code=code, group=group)),
        none_listed=tuple(
            form
            for form in asked
            if form in whole - shown - of_anybody and not _is_doubtful(own, form, group, code)
        ),
        for_others=tuple(form for form in asked if form in of_anybody - shown),
        unlisted=tuple(form for form in asked if form not in whole),
    )


def _is_doubtful(registry: Registry, form: str, group: str, code: str) -> bool:
    return bool(_doubts(registry, form, group).of(pd.Index([code])).iloc[0])


@once_for_registry
def _claimed(registry: Registry, form: str) -> frozenset[str]:
    return frozenset(claimed_voivodeships(registry.register_coverage, form))


@once_for_registry
def _doubts(registry: Registry, form: str, group: str) -> Doubts:
    return doubts_of(registry.services, registry.register_coverage, form, need_group=group)
