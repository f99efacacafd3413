"""What a row says of its gmina, powiat and voivodeship, and which areas of our boundaries that means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data.places.world import AreaIndex, Gazetteer
from data.sources.registers.kept_words import kept_reason
from data.sources.registers.powiat_text import without_capital
from data.sources.registers.staged_register import StagedRegister
from data.sources.staged import rejected_rows
from data.store.names import fold
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas

_UNIT = re.compile(
    r"^(?P<unit>Gmina i Miasto|Miasto i Gmina|Gmina Miejsko-Wiejska|Gmina Miejska|Gmina Wiejska|Gmina Miasto"
    r"|Gmina|Miasto) (?P<name>\S.*)$",
    re.IGNORECASE,
)
_SHORT_UNIT = re.compile(r"\b(?P<word>gm|m)\.\s*(?=\w)", re.IGNORECASE)
_UNIT_BEHIND = re.compile(
    r"^(?P<name>.*?\S)\s*(?:-\s*|\(\s*|,\s*)"
    r"(?P<unit>gmina i miasto|miasto i gmina|(?:gmina |gm\. ?)?(?:miejsko-wiejska|miejska|wiejska)|gmina|miasto|m\.)"
    r"\)?$",
    re.IGNORECASE,
)
"""Tables write "Kraków - miasto", "Grybów (gmina wiejska)"."""
"""How a gmina calls itself. "Wójt Gminy Klucze" is not read: names decline."""
_KINDS_OF_UNIT: Mapping[str, frozenset[str]] = {
    "gmina": frozenset({"rural", "urban_rural"}),
    "gmina wiejska": frozenset({"rural"}),
    "miasto": frozenset({"urban", "urban_rural"}),
    "gmina miasto": frozenset({"urban"}),
    "gmina miejska": frozenset({"urban"}),
    "miasto i gmina": frozenset({"urban_rural"}),
    "gmina i miasto": frozenset({"urban_rural"}),
    "gmina miejsko-wiejska": frozenset({"urban_rural"}),
}


Problem = tuple[str, dict[str, Any]]
"""Kind and facts of a work item."""


@dataclass(frozen=True)
class StatedArea:
    """
    Where a row says that it is.

    `gmina_codes` has several gminas when the row gives a name that a town and the gmina round it share, or its list is
    of before the gmina was divided; none when the row states no gmina that we know. `divided_code` is then the gmina
    that all of them were. `operator_gminas` are those that the name of the organization
    means ("Gmina Czarnia"); a gmina may run a facility elsewhere, so they only help to choose.
    """

    gmina_codes: frozenset[str]
    powiat_code: str | None
    voivodeship_code: str
    problems: tuple[Problem, ...] = ()
    operator_gminas: frozenset[str] = frozenset()
    divided_code: str | None = None

    @property
    def gmina_code(self) -> str | None:
        """The one gmina, when there is just one."""
        return next(iter(self.gmina_codes)) if len(self.gmina_codes) == 1 else None

    @property
    def narrowest(self) -> str:
        """The smallest area that is sure."""
        return self.gmina_code or self.powiat_code or self.voivodeship_code

    def has(self, gmina_code: str | None) -> bool:
        """Tell whether a gmina is one of the stated, or lies in the stated powiat or voivodeship when none is."""
        if gmina_code is None:
            return False
        if self.gmina_codes:
            return gmina_code in self.gmina_codes
        return gmina_code.startswith(self.powiat_code or self.voivodeship_code)


def stated_area(
    row: Mapping[Any, Any], areas: AreaIndex, gazetteer: Gazetteer | None = None, *, day: date | None = None
) -> StatedArea:
    """
    Read what a row states of its gmina, powiat and voivodeship.

    `day` is that of the list: of before a gmina was divided, its code and name mean all of its parts.

    A code goes before a name that we do not know (gminas are renamed). When the code is that of another gmina
    than the name, the name is believed, unless the gazetteer knows the row's locality in the gmina of the code
    only: codes are copied and look alike, names are typed by who knows the place. "Gmina Grybów" and "Miasto
    Grybów", in the gmina's name or the organization's, tell a town from the gmina round it.
    """
    voivodeship = row["voivodeship_code"]
    powiat, powiat_problems = _powiat(row, areas)
    name = text_of(row["stated_gmina_name"])
    operator = gmina_operator(row)
    within = powiat or voivodeship
    named = _named(name, areas, within=within, operator=operator) if name else frozenset()
    gminas, problems = _gminas(row, named, areas, gazetteer, within=within)
    named, gminas = areas.whole_of(named, day), areas.whole_of(gminas, day)
    if not gminas and powiat is not None and len(whole := areas.gminas_within(powiat)) == 1:
        gminas = whole  # a city with powiat rights is its only gmina
    is_by_code = bool(gminas) and gminas != named
    if len({gmina[:4] for gmina in gminas}) == 1 and (powiat is None or is_by_code):
        powiat = next(iter(gminas))[:4]
    operator_gminas = _named(operator, areas, within=powiat or voivodeship) if operator else frozenset()
    all_problems = (*powiat_problems, *problems)
    return StatedArea(gminas, powiat, voivodeship, all_problems, operator_gminas, areas.one_of(gminas))


def _powiat(row: Mapping[Any, Any], areas: AreaIndex) -> tuple[str | None, list[Problem]]:
    name = text_of(row["stated_powiat_name"])
    if not name:
        return None, []
    is_city = row["is_city_powiat"]
    code = areas.powiat(
        name,
        voivodeship_code=row["voivodeship_code"],
        is_city=None if is_city is None or pd.isna(is_city) else bool(is_city),
    )
    unknown = ("powiat_unknown", {"stated_powiat": name, "voivodeship": row["voivodeship_code"]})
    return code, [] if code else [unknown]


def _gminas(
    row: Mapping[Any, Any],
    named: frozenset[str],
    areas: AreaIndex,
    gazetteer: Gazetteer | None,
    *,
    within: str,
) -> tuple[frozenset[str], list[Problem]]:
    """Return the gminas that code and name mean together, and what is wrong with them."""
    code, name = text_of(row["stated_gmina_code"]), text_of(row["stated_gmina_name"])
    words = {"stated_gmina": name, "stated_powiat": text_of(row["stated_powiat_name"])}
    of_code = areas.area_of_code.get(code) if code else None
    problems: list[Problem] = []
    if code and of_code is None:
        problems.append(("gmina_code_unknown", {"stated_code": code} | words))
    if name and not named and not of_code:
        problems.append(("gmina_name_unknown", words))
    if of_code is None:
        return named, problems
    is_elsewhere = not of_code.startswith(row["voivodeship_code"])
    if is_elsewhere and not _speaks_for_code(
        text_of(row["locality_name"]), of_code, areas.gminas_within(row["voivodeship_code"]), gazetteer
    ):
        elsewhere = {"stated_code": code, "gmina_of_code": areas.name_of[of_code], **words}
        return named, [*problems, ("gmina_code_disagrees", elsewhere | {"believed_codes": sorted(named)})]
    if of_code != code:
        # The name of a gmina younger than our boundaries is that of no area, or of its parent.
        problems.append(("gmina_younger_than_boundaries", {"stated_code": code, "parent_code": of_code}))
    elif named and not any(of_code in areas.gminas_named(areas.name_of[own], within=within) for own in named):
        is_name = not _speaks_for_code(text_of(row["locality_name"]), of_code, named, gazetteer)
        believed = named if is_name else frozenset({of_code})
        facts = {"stated_code": code, "gmina_of_code": areas.name_of[of_code]} | words
        problems.append(("gmina_code_disagrees", facts | {"believed_codes": sorted(believed)}))
        return believed, problems
    return frozenset({of_code}), problems


def gmina_operator(row: Mapping[Any, Any]) -> str | None:
    """Return the name of the organization when it is that of a gmina: "Gmina Czarnia", "Miasto Limanowa"."""
    operator = text_of(row.get("organization_name"))
    return operator if operator and _UNIT.match(operator) else None


def text_of(value: Any) -> str | None:
    """Return the text of a cell, None when it is missing or empty."""
    return None if value is None or value == "" or pd.isna(value) else str(value)


def _named(name: str, areas: AreaIndex, *, within: str, operator: str | None = None) -> frozenset[str]:
    """Return gminas of a name; of a town and the gmina round it the one that the words mean, if they tell."""
    bare, kinds = _unit(name)
    found = areas.gminas_named(name, within=within) or areas.gminas_named(bare, within=within)
    if len(found) > 1 and kinds is None and operator:
        operator_name, operator_kinds = _unit(operator)
        kinds = operator_kinds if fold(operator_name) == fold(bare) else None
    if len(found) > 1 and kinds:
        return frozenset(code for code in found if areas.kind_of[code] in kinds) or found
    return found


def _unit(name: str) -> tuple[str, frozenset[str] | None]:
    """Return the name of a gmina and the kinds that its words mean, None where they mean none."""
    name = without_capital(name)
    if behind := _UNIT_BEHIND.match(name):
        unit = behind["unit"].casefold().removeprefix("gmina ").removeprefix("gm.").strip()
        unit = {"m.": "miasto", "miejska": "gmina miejska", "wiejska": "gmina wiejska"}.get(unit, unit)
        name = f"{'gmina ' if unit.startswith('miejsko') else ''}{unit} {behind['name']}"
    spoken = _SHORT_UNIT.sub(lambda word: "gmina " if word["word"].lower() == "gm" else "miasto ", name)
    match = _UNIT.match(spoken)
    if match is None:
        return name, None
    return without_capital(match["name"]), _KINDS_OF_UNIT[match["unit"].casefold()]


def _speaks_for_code(
    locality: str | None, of_code: str, named: frozenset[str], gazetteer: Gazetteer | None
) -> bool:
    if gazetteer is None or not locality:
        return False
    return bool(gazetteer.named(locality, within=[of_code])) and not gazetteer.named(locality, within=named)


def with_voivodeships(staged: StagedRegister, areas: AreaIndex) -> StagedRegister:
    """
    Return the register with a voivodeship in every record.

    Map files name none: their points tell. A record whose code and point tell none either lies outside our
    boundaries; its row is rejected as `outside_areas`.
    """
    records = staged.records
    is_missing = records["voivodeship_code"].isna()
    if not is_missing.any():
        return staged
    found = records.loc[is_missing, "stated_gmina_code"].str[:2]
    points = gpd.GeoSeries.from_xy(
        records.loc[is_missing, "longitude"], records.loc[is_missing, "latitude"], crs=GEOGRAPHIC
    )
    located = gpd.GeoDataFrame(geometry=points[~points.is_empty])
    gminas = points_in_areas(located, areas.gminas).area_code.reindex(found.index)
    codes = records["voivodeship_code"].where(~is_missing, found.fillna(gminas.str[:2]))
    records = records.assign(voivodeship_code=codes)
    lost = records[records["voivodeship_code"].isna()]
    refused = rejected_rows(
        [
            (
                str(row["row_reference"]),
                "outside_areas",
                kept_reason(
                    f"latitude {row['latitude']}, longitude {row['longitude']}, expected a point in Poland",
                    support_form=row["support_form"],
                    visibility=row["visibility"],
                ),
            )
            for row in lost.to_dict("records")
        ]
    )
    return replace(
        staged,
        records=records.drop(index=lost.index).reset_index(drop=True),
        rejected=pd.concat([staged.rejected, refused], ignore_index=True),
    )
