"""Narrowing an extract to a group, an area or forms of support, with everything that hangs together."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.export.extract import Extract
from data.export.notes import selection_notes
from data.export.query import NothingToExtractError
from data.store.smallest_area import smallest_area
from geo.errors import TerytError
from geo.teryt import COUNTRY

_AREA = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}(_?[0-9])?")


def selected(
    extract: Extract, *, group: str | None = None, area: str | None = None, forms: Sequence[str] = ()
) -> Extract:
    """
    Return the services chosen, with their facilities, organizations, areas, stops and sources.

    Parameters
    ----------
    group
        Code of a need group; services for everybody belong to it too.
    area
        TERYT code of a gmina, powiat or voivodeship: facilities in it, and services that cover it or a part of it.
    forms
        Codes of support forms; none for all.

    Raises
    ------
    TerytError
        If the area is no code.
    NothingToExtractError
        If no service is left: an empty file would look like a place without help.
    """
    services = extract.services
    is_chosen = pd.Series(data=True, index=services.index)
    if group is not None:
        is_for_group = [group in groups or "all" in groups for groups in services["need_groups"]]
        is_chosen &= pd.Series(is_for_group, index=services.index)
    if forms:
        is_chosen &= services["support_form"].isin(forms)
    if area is not None:
        is_chosen &= _is_in(extract, _area_code(area))
    choices = [
        *([("grupa", "group", group)] if group else []),
        *([("obszar", "area", area)] if area else []),
        *([("formy", "forms", ", ".join(forms))] if forms else []),
    ]
    if not is_chosen.any():
        asked = "; ".join(f"{name} {value}" for _, name, value in choices) or "everything"
        raise NothingToExtractError(
            f"expected services that may be shown, found none for {asked}; ask for more, "
            "or see `python -m data status`",
            asked=asked,
        )
    if not choices:
        return extract
    return _narrowed(extract, services[is_chosen], notes=selection_notes(choices))


def _area_code(text: str) -> str:
    if not _AREA.fullmatch(text) or text == COUNTRY:
        raise TerytError(
            f"expected the code of a gmina, powiat or voivodeship (2, 4, 6 or 7 digits), found {text!r}; "
            "leave --area out for the whole country",
            value=text,
        )
    return text[:6]


def _is_in(extract: Extract, code: str) -> pd.Series:
    """Return which services stand in an area, cover it or a part of it; a stop there counts too."""
    facilities = extract.facilities
    here = set(facilities.loc[smallest_area(facilities).str.startswith(code), "facility_id"])
    covered = extract.service_areas
    is_covering = [
        area == COUNTRY or area.startswith(code) or code.startswith(area) for area in covered["area_code"]
    ]
    stops_here = [str(gmina or "").startswith(code) for gmina in extract.stops["gmina_code"]]
    reaching = {
        *covered.loc[is_covering, "service_at_facility_id"],
        *extract.stops.loc[stops_here, "service_at_facility_id"],
    }
    services = extract.services
    return services["facility_id"].isin(here) | services["service_at_facility_id"].isin(reaching)


def _narrowed(extract: Extract, services: pd.DataFrame, *, notes: tuple[str, ...]) -> Extract:
    facilities = _rows(extract.facilities, "facility_id", services["facility_id"])
    organizations = _rows(extract.organizations, "organization_id", facilities["organization_id"])
    told = {*facilities["source_code"], *services["source_code"], *services["set_aside_by"].dropna()}
    silent = set(extract.facilities["source_code"]) - told
    return replace(
        extract,
        organizations=organizations,
        facilities=facilities,
        services=services.reset_index(drop=True),
        service_areas=_rows(
            extract.service_areas, "service_at_facility_id", services["service_at_facility_id"]
        ),
        stops=_rows(extract.stops, "service_at_facility_id", services["service_at_facility_id"]),
        sources=extract.sources[~extract.sources["source_code"].isin(silent)].reset_index(drop=True),
        provenance=_rows(extract.provenance, "facility_id", facilities["facility_id"]),
        notes=(*extract.notes, *notes),
    )


def _rows(frame: pd.DataFrame, column: str, wanted: pd.Series) -> pd.DataFrame:
    return frame[frame[column].isin(set(wanted))].reset_index(drop=True)
