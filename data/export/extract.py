"""What may leave the registry: everything public of it at one moment, ready for any exporter."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd

from data.fields import OF_FACILITY, OF_SERVICE


@dataclass(frozen=True, eq=False)
class Extract:
    """
    The public registry of one day.

    Protected places come without address and with the gmina's label point or without any. Missing values are
    None in object columns and NA in counts; lists are Python lists.

    Attributes
    ----------
    organizations
        `organization_id` (UUID as text), `source_code`, `name`, `alternate_name`, `description`, `website`,
        `legal_status`, `year_incorporated`, `nip`, `regon`, `krs`.
    facilities
        `facility_id` (UUID as text), `organization_id`, `source_code`, then the columns of `FACILITY_FIELDS`;
        geometry is the public point in EPSG:4326, or None.
    services
        One form of support at one facility: `service_at_facility_id`, `service_id` (shared by the places of one
        service), `facility_id`, `organization_id`, `source_code`, then the columns of `SERVICE_FIELDS`.
    service_areas
        `service_at_facility_id`, `area_code`, `area_name`, `level` (`country`, `voivodeship`, `powiat`, `gmina`).
    stops
        `service_at_facility_id`, `position` (from 1), `name`, `locality_name`, `gmina_code`, `opening_hours`,
        `opening_hours_text`, geometry in EPSG:4326 or None.
    sources
        `source_code`, `name`, `publisher`, `url`, `licence`, `attribution`, `as_of`, `is_official`.
    provenance
        Of merged facilities: `facility_id`, `field`, `source_code`; empty when nothing is merged.
    as_of
        The day asked for, or the newest that the registers speak of.
    snapshot_id
        12 hex digits of this state of the registry.
    notes
        Sentences that every export prints.
    """

    organizations: pd.DataFrame
    facilities: gpd.GeoDataFrame
    services: pd.DataFrame
    service_areas: pd.DataFrame
    stops: gpd.GeoDataFrame
    sources: pd.DataFrame
    provenance: pd.DataFrame
    as_of: date
    snapshot_id: str
    is_invented: bool
    notes: tuple[str, ...] = ()


_TOLD: Final = tuple(field.told for field in OF_FACILITY if field.is_told)
_AFTER_CODE: Final = _TOLD.index("voivodeship_code") + 1
FACILITY_FIELDS: Final = (*_TOLD[:_AFTER_CODE], "voivodeship_name", *_TOLD[_AFTER_CODE:], "changed_on")

SERVICE_FIELDS: Final = (
    *(field.told for field in OF_SERVICE if field.is_told),
    "is_counted",
    "is_unconfirmed",
    "set_aside_by",
)
