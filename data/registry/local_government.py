"""
How gminas organise social services (CUS, OPS) and who has a local plan (LPDI), with what nobody knows kept apart.

A council is asked, and no people are counted: parts of a divided gmina, whose people are told together, are each told
by itself.
"""

from typing import Final

import pandas as pd

from data.reading.loaded_sources import lists_of_everything
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.sources.cell_text import read_date
from data.store.smallest_area import smallest_area
from geo.errors import OptionError
from geo.teryt import CODE_DIGITS, COUNTRY

CUS: Final = "INS-CUS"
OPS: Final = "INS-OPS"
ORGANISATIONS: Final = ("cus", "cus_preparing", "ops_only")


@once_for_registry
def organisation_by_gmina(registry: Registry) -> pd.DataFrame:
    """
    Return how each gmina organises social services.

    Returns
    -------
    organisation
        One row per gmina, each part of a divided one too, in the order of codes: `area_code`, `organisation` (`cus`: a
        working centre of social services; `cus_preparing`: a planned one; `ops_only`: an OPS and no centre; missing: no
        data), `source_codes` (list, of the rows that say so), `dated_on` (the newest of their days; missing without
        any), `dated_precision` (how exactly that one is known) and `source_urls` (list).

    Notes
    -----
    A working centre goes before a planned one, and both before an OPS, which many gminas keep or whose list is older.
    `ops_only` needs two things: a list that names an OPS of the gmina, and a complete list of centres in its
    voivodeship (`lists_every` of the catalogue, or a register's claim). Elsewhere a centre may be working that nobody
    listed: no data.
    """
    services = registry.services_of_gminas
    is_here = services["gmina_code"].notna()
    is_counted = services["is_counted"].astype(bool)
    is_centre, is_office = services["support_form"] == CUS, services["support_form"] == OPS
    complete = complete_for_centres(registry)
    is_planned = (services["status"] == "planned") & services["set_aside_by"].isna()
    is_complete = services["gmina_code"].str[:2].isin(complete)
    # A centre of which only the powiat is known may work in any gmina of it.
    somewhere = tuple(smallest_area(services[is_centre & is_counted & ~is_here]))
    is_complete &= ~smallest_area(services).str.startswith(somewhere)
    groups = {
        "cus": is_here & is_centre & is_counted,
        "cus_preparing": is_here & is_centre & is_planned,
        "ops_only": is_here & is_office & is_counted & is_complete,
    }
    gminas = registry.own_gminas.areas_of_level("gmina")["area_code"]
    told: dict[str, dict[str, object]] = {}
    for name in ORGANISATIONS:
        for code, rows in services[groups[name]].groupby("gmina_code", sort=True):
            dated = rows[rows["dated_on"].notna()].sort_values("dated_on", kind="stable").tail(1)
            told.setdefault(
                str(code),
                {
                    "organisation": name,
                    "source_codes": sorted(
                        set(rows["source_code"]) | (complete[str(code)[:2]] if name == "ops_only" else set())
                    ),
                    "dated_on": next(iter(dated["dated_on"]), None),
                    "dated_precision": next(iter(dated["dated_precision"]), None),
                    "source_urls": sorted(set(rows["source_url"].dropna())),
                },
            )
    columns = ["organisation", "source_codes", "dated_on", "dated_precision", "source_urls"]
    unknown: dict[str, object] = {
        "organisation": None,
        "source_codes": [],
        "dated_on": None,
        "dated_precision": None,
        "source_urls": [],
    }
    rows = [told.get(code, unknown) for code in gminas]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    frame.insert(0, "area_code", gminas.to_numpy())
    return frame


def complete_for_centres(registry: Registry) -> dict[str, set[str]]:
    """Return voivodeships whose centres of social services are all listed → the sources that say so."""
    loaded = set(registry.sources["source_code"]) if len(registry.sources) else set()
    claims = registry.register_coverage
    pairs = [
        (voivodeship, source) for source, form, voivodeship in lists_of_everything(loaded) if form == CUS
    ]
    pairs += list(
        claims.loc[claims["support_form"] == CUS, ["voivodeship_code", "source_code"]].itertuples(
            index=False, name=None
        )
    )
    found: dict[str, set[str]] = {}
    for voivodeship, source in pairs:
        found.setdefault(voivodeship, set()).add(source)
    return found


def plans_by_area(registry: Registry, level: str) -> pd.DataFrame:
    """
    Return what is known of the local plan of each gmina or powiat.

    Parameters
    ----------
    level
        `gmina` or `powiat`. A city with powiat rights is both: its one plan is shown at both levels, whichever code
        the source gave.

    Returns
    -------
    plans
        One row per area, each part of a divided gmina too, in the order of codes: `area_code`, `status` (`adopted`,
        `preparing`, `none`; missing: no data), `as_of_text`, `source_url`, `source_code`; `dated_on` and
        `dated_precision` as `dated_plans` has them.

    Raises
    ------
    OptionError
        If the level is another.
    """
    if level not in {"gmina", "powiat"}:
        raise OptionError(
            f"expected gmina or powiat, found {level!r}: others have no local plan", level=level
        )
    columns = ["status", "as_of_text", "source_url", "source_code", "dated_on", "dated_precision"]
    registry = registry.own_gminas
    plans = dated_plans(registry)
    twins = _city_twins(registry)
    own = plans[plans["area_code"].str.len() == CODE_DIGITS[level]]
    # A list of conditions selects columns where there is no plan at all.
    is_twin = [len(twins.get(code, "")) == CODE_DIGITS[level] for code in plans["area_code"]]
    others = plans[pd.Series(is_twin, index=plans.index, dtype=bool)]
    others = others.assign(area_code=[twins[code] for code in others["area_code"]])
    known = pd.concat([own, others]).drop_duplicates("area_code").set_index("area_code")[columns]
    codes = registry.areas_of_level(level)["area_code"]
    found = known.reindex(codes).astype(object)
    return found.where(found.notna(), None).rename_axis("area_code").reset_index()


def dated_plans(registry: Registry) -> pd.DataFrame:
    """Return all known plans with `dated_on` and `dated_precision` (`day`, `month`, `year`), missing without a day."""
    plans = registry.local_plans
    days = [read_date(text) if isinstance(text, str) else None for text in plans["as_of_text"]]
    dated_on, precision = ([found and found[part] for found in days] for part in (0, 1))
    return plans.assign(
        dated_on=pd.Series(dated_on, index=plans.index, dtype=object),
        dated_precision=pd.Series(precision, index=plans.index, dtype=object),
    )


@once_for_registry
def progress(registry: Registry, scope: str = COUNTRY) -> pd.DataFrame:
    """
    Return how many local governments are known to have a centre or a plan, and of how many nobody knows.

    Parameters
    ----------
    scope
        `00`, or the code of a voivodeship or powiat.

    Returns
    -------
    progress
        Rows by `measure`: `cus` (gminas with a working centre of social services), `plan` (local governments with an
        adopted plan: gminas and land powiats; a city with powiat rights is one), and those of a map of one level,
        `plan_gmina` and `plan_powiat`, each with the cities. Columns, all numbers of units: `units`; `reached`;
        `preparing`; `without` (known to have neither); `no_data`; the last four sum to the first. `least_share` is
        `reached` over all units, 0 to 1: at least so many, because a unit without data may have it too; missing without
        units.
    """
    prefix = "" if scope == COUNTRY else scope
    organisation = organisation_by_gmina(registry)
    organisation = organisation[organisation["area_code"].str.startswith(prefix)]
    powiats = registry.areas_of_level("powiat")
    land = set(powiats.loc[~powiats["area_code"].isin(_city_twins(registry)), "area_code"])
    gmina_plans, powiat_plans = (plans_by_area(registry, level) for level in ("gmina", "powiat"))
    gmina_plans = gmina_plans[gmina_plans["area_code"].str.startswith(prefix)]
    powiat_plans = powiat_plans[powiat_plans["area_code"].str.startswith(prefix)]
    of_land = powiat_plans[powiat_plans["area_code"].isin(land)]
    of_centres = {"cus": "reached", "cus_preparing": "preparing", "ops_only": "without"}
    of_plans = {"adopted": "reached", "preparing": "preparing", "none": "without"}
    states = {
        "cus": organisation["organisation"].map(of_centres),
        "plan": pd.concat([gmina_plans["status"], of_land["status"]]).map(of_plans),
        "plan_gmina": gmina_plans["status"].map(of_plans),
        "plan_powiat": powiat_plans["status"].map(of_plans),
    }
    rows = []
    for measure, state in states.items():
        units = len(state)
        counts = {name: int((state == name).sum()) for name in ("reached", "preparing", "without")}
        rows.append(
            {
                "measure": measure,
                "units": units,
                **counts,
                "no_data": int(state.isna().sum()),
                "least_share": counts["reached"] / units if units else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def _city_twins(registry: Registry) -> dict[str, str]:
    """Return for cities with powiat rights the gmina of the powiat code, and the powiat of the gmina code."""
    powiats = registry.areas_of_level("powiat")
    cities = powiats.loc[powiats["kind"] == "city", "area_code"]
    gminas = registry.areas_of_level("gmina")
    pairs = gminas.loc[gminas["powiat_code"].isin(cities), ["powiat_code", "area_code"]]
    both = list(pairs.itertuples(index=False, name=None))
    return dict(both) | {gmina: powiat for powiat, gmina in both}
