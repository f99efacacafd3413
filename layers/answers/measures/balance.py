"""The balance of support: places at home, by day, in housing and day and night, side by side, and their change."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from weakref import ref

import geopandas as gpd
import pandas as pd

from data.quality.areas import claimed_voivodeships
from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group, kind_of, support_forms
from data.vocabulary.kinds import SUPPORT_KINDS
from geo.balance import COUNTED_UNITS, balance_change, support_balance
from geo.printed_numbers import UNSURE
from layers.answers.measures.inputs import MeasureInputs, placed_in
from layers.answers.measures.measured import Measured, bound_where
from layers.answers.measures.old_rows import is_places_old, may_be_gone
from layers.answers.measures.profiles import is_for_group, is_for_others
from layers.answers.measures.reached import bounds_of
from layers.indicators.balance import BALANCE, BALANCE_CHANGE, FIRST_OF_BALANCE


def measure_balance(inputs: MeasureInputs) -> Measured:
    """
    Return places of each kind of support per 1,000 people over all forms for the group.

    Where a form counts whose kind is not sure, so is the number: a part of its places may be of another kind. So is it
    where a row is so old that it may have closed since (`may_be_gone`); `is_shared` tells where places may be for
    others. With an earlier registry also the change of each kind since its day, counted over those forms alone whose
    lists were complete on both days: anything else would be a change of lists and not of places.

    The kinds stand side by side, so each of their indicators has the same answer: it is made once.
    """
    question = replace(inputs.question, indicator=FIRST_OF_BALANCE)
    # Another day's registry is only pointed at: what is kept of it here are numbers of areas.
    earlier = None if inputs.earlier is None else ref(inputs.earlier)
    return inputs.world.keep(("balance", question, earlier), lambda: _balance(inputs))


def _balance(inputs: MeasureInputs) -> Measured:
    areas = inputs.areas
    services = placed_in(_services(inputs.registry, inputs.question.group), areas.index)
    forms = _forms(inputs)
    known = {kind: set(areas.index[_known_areas(inputs, of_kind)]) for kind, of_kind in forms.items()}
    balance = support_balance(
        services, inputs.rate_persons, kinds=SUPPORT_KINDS, known=known, area_codes=areas.index
    )
    columns = _by_kind(balance["places_per_1000"], BALANCE)
    least, most = (
        _by_kind(balance[name].astype(bool), BALANCE) for name in ("is_lower_bound", "is_upper_bound")
    )
    gone, old = (_by_kind(balance[name].astype(bool), BALANCE) for name in ("may_be_gone", "places_are_old"))
    unsure = _unsure_areas(services)
    bounds = {}
    for name, kind in zip(BALANCE, SUPPORT_KINDS, strict=True):
        bound = bounds_of(least[name], most[name] | gone[name])
        is_unsure = columns.index.isin(unsure.get(kind, ())) & columns[name].notna()
        bounds[name] = bound.mask(is_unsure | (old[name] & columns[name].notna()), UNSURE)
    if inputs.earlier is not None:
        change = _change(inputs, inputs.earlier)
        columns, bounds = columns.join(change.columns), bounds | change.bounds
    told = {"is_shared": most.any(axis="columns"), "may_be_gone": (gone | old).any(axis="columns")}
    return Measured(
        columns.assign(**told),
        bounds,
        registers=_lists_of_nothing(inputs, forms, known),
        counted=_stating(services),
    )


def _stating(services: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the services whose places are added up: a list that states none gives the sum no day."""
    return services[services["capacity_unit"].isin(COUNTED_UNITS) & services["capacity_places"].notna()]


def _lists_of_nothing(
    inputs: MeasureInputs, forms: Mapping[str, list[str]], known: Mapping[str, set[str]]
) -> frozenset[str]:
    """Return the complete lists of kinds that are known somewhere: by these there is nothing more."""
    coverage, voivodeships = inputs.registry.register_coverage, inputs.areas["voivodeship_code"]
    is_used = pd.Series(data=False, index=coverage.index)
    for kind, of_kind in forms.items():
        where = voivodeships[voivodeships.index.isin(known[kind])]
        is_used |= coverage["support_form"].isin(of_kind) & coverage["voivodeship_code"].isin(where)
    return frozenset(coverage.loc[is_used, "source_code"])


def kinds_for_group(group: str) -> tuple[str, ...]:
    """Return the kinds of support that any form for the group counts places of."""
    found = {kind_of(code).kind for code in forms_for_group(group) if _is_counted(code)}
    return tuple(kind for kind in SUPPORT_KINDS if kind in found)


def unsure_forms(group: str, kind: str) -> tuple[str, ...]:
    """Return the forms for a group that count in a kind, though a part of their places is of another."""
    return tuple(
        code
        for code in forms_for_group(group)
        if kind_of(code).kind == kind and not kind_of(code).is_sure and _is_counted(code)
    )


def _unsure_areas(services: gpd.GeoDataFrame) -> dict[str, set[str]]:
    """Return for each kind the areas with places of a form whose kind is not sure."""
    is_counted = services["capacity_unit"].isin(COUNTED_UNITS)
    is_unsure = ~services["support_form"].map(lambda form: kind_of(form).is_sure).astype(bool)
    rows = services[is_counted & is_unsure & (services["capacity_places"] > 0).fillna(value=False)]
    return {str(kind): set(codes) for kind, codes in rows.groupby("support_kind")["area_code"]}


def _is_counted(form: str) -> bool:
    return support_forms()[form].capacity_unit in COUNTED_UNITS


def comparable_forms(earlier: Registry, later: Registry, group: str) -> dict[str, set[str]]:
    """Return form → voivodeships where its list is complete on both days; only forms counted in places."""
    found = {}
    for form in forms_for_group(group):
        both = claimed_voivodeships(earlier.register_coverage, form) & claimed_voivodeships(
            later.register_coverage, form
        )
        if both and _is_counted(form):
            found[form] = both
    return found


def _change(inputs: MeasureInputs, earlier: Registry) -> Measured:
    """Return the change of each kind; of places that may be for others it is not sure how much of it is the group's."""
    forms = comparable_forms(earlier, inputs.registry, inputs.question.group)
    areas = inputs.areas
    known = {}
    for kind in SUPPORT_KINDS:
        of_kind = (where for form, where in forms.items() if kind_of(form).kind == kind)
        known[kind] = set(areas.index[areas["voivodeship_code"].isin(set[str]().union(*of_kind))])
    balances, lists = [], []
    for registry in (earlier, inputs.registry):
        services = _services(registry, inputs.question.group)
        is_wanted = [
            code[:2] in forms.get(form, ())
            for form, code in zip(services["support_form"], smallest_area(services), strict=True)
        ]
        # A list of conditions selects columns where there is no service at all.
        placed = placed_in(services[pd.Series(is_wanted, index=services.index, dtype=bool)], areas.index)
        balances.append(
            support_balance(placed, inputs.persons, kinds=SUPPORT_KINDS, known=known, area_codes=areas.index)
        )
        lists.append(_lists(registry, forms, areas))
    change = balance_change(*balances, earlier_lists=lists[0], later_lists=lists[1])
    columns = _by_kind(change["per_1000_change"], BALANCE_CHANGE)
    is_shared = balances[0]["is_upper_bound"].astype(bool) | balances[1]["is_upper_bound"].astype(bool)
    unsure = _by_kind(is_shared, BALANCE_CHANGE)
    bounds = {name: bound_where(unsure[name] & columns[name].notna(), UNSURE) for name in BALANCE_CHANGE}
    return Measured(columns, bounds)


def _lists(registry: Registry, forms: Mapping[str, set[str]], areas: gpd.GeoDataFrame) -> pd.Series:
    """Return which complete lists cover each kind in each area, as text; missing for none."""
    coverage = registry.register_coverage
    told: dict[tuple[str, str], list[str]] = {}
    columns = ["voivodeship_code", "support_form", "source_code"]
    for voivodeship, form, source in coverage[columns].itertuples(index=False):
        if voivodeship in forms.get(form, ()):
            told.setdefault((voivodeship, kind_of(form).kind), []).append(f"{form} {source}")
    texts = {key: "; ".join(sorted(lists)) for key, lists in told.items()}
    return pd.Series(
        [texts.get(key) for key in product(areas["voivodeship_code"], SUPPORT_KINDS)],
        index=pd.MultiIndex.from_product([areas.index, SUPPORT_KINDS], names=["area_code", "support_kind"]),
        dtype="str",
    )


def _services(registry: Registry, group: str) -> gpd.GeoDataFrame:
    """Return counted services for the group that are of a kind, with it and their unit from the vocabulary."""
    services = registry.services
    kinds = services["support_form"].map(lambda form: kind_of(form).kind)
    wanted = services["is_counted"] & is_for_group(services, group) & kinds.isin(SUPPORT_KINDS)
    units = {code: form.capacity_unit for code, form in support_forms().items()}
    return services[wanted].assign(
        support_kind=kinds[wanted],
        capacity_unit=services.loc[wanted, "support_form"].map(units),
        is_for_others=is_for_others(services[wanted], group),
        may_be_gone=may_be_gone(services[wanted], registry),
        is_places_old=is_places_old(services[wanted], registry),
    )


def _forms(inputs: MeasureInputs) -> dict[str, list[str]]:
    """Return the forms for the group of each kind that are counted in places."""
    found: dict[str, list[str]] = {kind: [] for kind in SUPPORT_KINDS}
    for code in forms_for_group(inputs.question.group):
        if kind_of(code).kind in found and _is_counted(code):
            found[kind_of(code).kind].append(code)
    return found


def _known_areas(inputs: MeasureInputs, forms: list[str]) -> pd.Series:
    """Return where the lists of all the forms are complete."""
    is_known = pd.Series(bool(forms), index=inputs.areas.index)
    for form in forms:
        known = inputs.world.known_areas(replace(inputs.question.help, form=form), inputs.question.level)
        is_known &= known.reindex(inputs.areas.index, fill_value=False).astype(bool)
    return is_known


def _by_kind(column: pd.Series, names: tuple[str, ...]) -> pd.DataFrame:
    """Return one column per kind, named in the order of the kinds."""
    return pd.DataFrame(
        {name: column.xs(kind, level="support_kind") for name, kind in zip(names, SUPPORT_KINDS, strict=True)}
    )
