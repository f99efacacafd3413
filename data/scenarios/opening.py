"""The services that a scenario opens, as rows of the registry."""

from typing import Any, Final

import geopandas as gpd
import pandas as pd
from pandas.api.types import is_object_dtype

from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.store.origins import SCENARIO
from data.vocabulary import has_profiles, need_groups_of, support_forms

_LISTS: Final = ("phones", "languages", "service_languages", "barrier_free", "required_documents", "fees")


def opened_service(scenario: Scenario, change: Change, number: int) -> dict[str, Any]:
    """Return the columns of a service that a change opens or starts, without those of its place."""
    form = support_forms()[str(change.support_form)]
    groups = need_groups_of(form.code, None)
    if has_profiles(form.code) and scenario.need_group in groups:
        groups = (scenario.need_group,)
    return {
        "service_id": -number,
        "facility_id": -number,
        "facility_handle": None,
        "facility_name": form.name["pl"],
        "support_form": form.code,
        "need_groups": list(groups),
        "status": "active",
        "capacity_places": change.places,
        "visibility": "public",
        "place_grade": "locality" if change.kind == "open" else "none",
        "source_code": SCENARIO,
        "is_counted": True,
        "is_unconfirmed": False,
    }


def with_rows(services: gpd.GeoDataFrame, opened: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return the services with new rows below, in the columns and types of the given ones."""
    if not opened:
        return services.reset_index(drop=True)
    # Column by column: joining frames would guess other types for columns that are empty in one of them.
    columns: dict[str, pd.Series | gpd.GeoSeries] = {}
    for name, dtype in services.dtypes.items():
        if name == services.geometry.name:
            points = [*services.geometry, *(row["geometry"] for row in opened)]
            columns[str(name)] = gpd.GeoSeries(points, crs=services.crs)
            continue
        new = [row.get(str(name), [] if name in _LISTS else None) for row in opened]
        joined = pd.Series([*services[name], *new], dtype=object)
        # Where no service is listed yet, the type of a column of lists is a guess.
        is_kept = is_object_dtype(dtype) or any(isinstance(value, list) for value in new)
        columns[str(name)] = joined if is_kept else joined.astype(dtype)
    return gpd.GeoDataFrame(columns, geometry=services.geometry.name, crs=services.crs)
