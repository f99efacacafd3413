"""
The tables, the same on SQLite and PostGIS.

Every row of data belongs to a `Release`: one reading of one file of one source. Records of the registry hold
over several releases (`data/store/schema/registry.py`); all else is written anew with each.
"""

from data.store.schema.areas import Area, AreaCode, Locality, TownPart
from data.store.schema.base import Base, Load, Release
from data.store.schema.checks import (
    DuplicatePair,
    RegisterCoverage,
    RegisterTotal,
    RejectedRow,
    WorkItem,
)
from data.store.schema.corrections import (
    SUGGESTION_KINDS,
    SUGGESTION_STATES,
    SUGGESTION_TOPICS,
    Correction,
    Suggestion,
    UnmetNeed,
)
from data.store.schema.local_facts import (
    PLAN_STATUSES,
    KnownCost,
    LocalPlan,
    Office,
    OfficialTotal,
    OrganizationSeat,
)
from data.store.schema.people import (
    POPULATION_KINDS,
    VARIANTS,
    AddressCell,
    GridCell,
    PeopleCount,
    Population,
    PopulationByYear,
    ResidentsByYear,
)
from data.store.schema.protection import PROTECTION_ORIGINS, Protection
from data.store.schema.registry import (
    DATE_PRECISIONS,
    SERVICE_STATUSES,
    WHEELCHAIR,
    Facility,
    MobileStop,
    Organization,
    Service,
    ServiceArea,
)
from data.store.visibility import VISIBILITIES

__all__ = [
    "DATE_PRECISIONS",
    "PLAN_STATUSES",
    "POPULATION_KINDS",
    "PROTECTION_ORIGINS",
    "SERVICE_STATUSES",
    "SUGGESTION_KINDS",
    "SUGGESTION_STATES",
    "SUGGESTION_TOPICS",
    "VARIANTS",
    "VISIBILITIES",
    "WHEELCHAIR",
    "AddressCell",
    "Area",
    "AreaCode",
    "Base",
    "Correction",
    "DuplicatePair",
    "Facility",
    "GridCell",
    "KnownCost",
    "Load",
    "LocalPlan",
    "Locality",
    "MobileStop",
    "Office",
    "OfficialTotal",
    "Organization",
    "OrganizationSeat",
    "PeopleCount",
    "Population",
    "PopulationByYear",
    "Protection",
    "RegisterCoverage",
    "RegisterTotal",
    "RejectedRow",
    "Release",
    "ResidentsByYear",
    "Service",
    "ServiceArea",
    "Suggestion",
    "TownPart",
    "UnmetNeed",
    "WorkItem",
]
