"""What lists tell of a gmina for a group: help that stands there, that comes there, and what no list covers."""

from dataclasses import dataclass
from datetime import datetime

import geopandas as gpd
import pandas as pd

from data.quality.areas import claimed_voivodeships, doubts_of
from data.registry.registry import Registry
from data.vocabulary import forms_for_group
from layers.answers.facility_entries import join_services
from layers.answers.help_entries import help_for, listed_services
from layers.answers.nearby import covering, somewhere_around
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

    here: gpd.GeoDataFrame
    coming: gpd.GeoDataFrame
    somewhere: gpd.GeoDataFrame
    centres: gpd.GeoDataFrame
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
    services = listed_services(own)
    wanted = help_for(services, group)
    here = wanted[wanted["gmina_code"] == code]
    coming = covering(own, wanted, code)
    coming = coming[~coming["service_id"].isin(here["service_id"])]
    official = set(own.sources.loc[own.sources["is_official"], "source_code"])

    def told(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return with_today(join_services(rows), official, now)

    shown = {*here["support_form"], *coming["support_form"]}
    standing = set(services.loc[services["gmina_code"] == code, "support_form"])
    whole = {
        form
        for form in forms_for_group(group)
        if code[:2] in claimed_voivodeships(own.register_coverage, form)
    }
    return GminaHelp(
        here=told(here),
        coming=told(coming),
        somewhere=told(somewhere_around(wanted, code)),
        centres=told(gmina_centres(services, gmina_code=code, group=group)),
        none_listed=tuple(
            form
            for form in forms_for_group(group)
            if form in whole - shown - standing and not _is_doubtful(own, form, group, code)
        ),
        for_others=tuple(form for form in forms_for_group(group) if form in standing - shown),
        unlisted=tuple(form for form in forms_for_group(group) if form not in whole),
    )


def _is_doubtful(registry: Registry, form: str, group: str, code: str) -> bool:
    doubts = doubts_of(registry.services, registry.register_coverage, form, need_group=group)
    return bool(doubts.of(pd.Index([code])).iloc[0])
