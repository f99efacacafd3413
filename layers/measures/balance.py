"""The balance of deinstitutionalisation: community, conditional and institutional places, and their change."""

from collections.abc import Mapping
from itertools import product

import geopandas as gpd
import pandas as pd

from data.quality.areas import claimed_voivodeships
from data.registry import Registry
from data.vocabulary import forms_for_group, support_forms
from geo.balance import BALANCE_CLASSES, COUNTED_UNITS, balance_change, community_share, di_balance
from layers.indicators import BALANCE, BALANCE_CHANGE
from layers.measures.asked import Asked, placed_in
from layers.measures.measured import LEAST, UNSURE, Measured, bound_where
from layers.measures.world import is_for_group


def measure_balance(asked: Asked, earlier: Registry | None = None) -> Measured:
    """
    Return places of each class per 1,000 people over all forms for the group, and the share of community places.

    With an earlier registry also the change of each class since its day, counted over those forms alone whose lists
    were complete on both days: anything else would be a change of lists and not of places.
    """
    areas = asked.areas
    services = _services(asked.registry, asked.view.group)
    known = {
        di_class: asked.areas.index[_known_areas(asked, forms)] for di_class, forms in _forms(asked).items()
    }
    balance = di_balance(
        placed_in(services, areas.index),
        asked.persons,
        known={di_class: set(codes) for di_class, codes in known.items()},
        area_codes=areas.index,
    )
    share = community_share(balance)
    columns = _by_class(balance["places_per_1000"], BALANCE)
    least = _by_class(balance["is_lower_bound"].astype(bool), BALANCE)
    bounds = {name: bound_where(least[name], LEAST) for name in BALANCE}
    columns["community_share"] = share["community_share"].reindex(areas.index)
    # A complete list without a community place makes the share 0, however many other places there may be.
    is_unsure = share["is_uncertain"] & (share["community_share"] > 0)
    bounds["community_share"] = bound_where(is_unsure.reindex(areas.index), UNSURE)
    if earlier is not None:
        columns = columns.join(_change(asked, earlier))
    return Measured(columns, bounds)


def comparable_forms(earlier: Registry, later: Registry, group: str) -> dict[str, set[str]]:
    """Return form → voivodeships where its list is complete on both days; only forms counted in places."""
    found = {}
    for form in forms_for_group(group):
        both = claimed_voivodeships(earlier.register_coverage, form) & claimed_voivodeships(
            later.register_coverage, form
        )
        if both and support_forms()[form].capacity_unit in COUNTED_UNITS:
            found[form] = both
    return found


def _change(asked: Asked, earlier: Registry) -> pd.DataFrame:
    forms = comparable_forms(earlier, asked.registry, asked.view.group)
    areas = asked.areas
    known = {
        di_class: {
            code
            for code, voivodeship in areas["voivodeship_code"].items()
            if any(
                voivodeship in where and support_forms()[form].di_class == di_class
                for form, where in forms.items()
            )
        }
        for di_class in BALANCE_CLASSES
    }
    balances, lists = [], []
    for registry in (earlier, asked.registry):
        services = _services(registry, asked.view.group)
        is_wanted = [
            str(gmina)[:2] in forms.get(form, ())
            for form, gmina in zip(services["support_form"], services["gmina_code"], strict=True)
        ]
        # A list of conditions selects columns where there is no service at all.
        placed = placed_in(services[pd.Series(is_wanted, index=services.index, dtype=bool)], areas.index)
        balances.append(di_balance(placed, asked.persons, known=known, area_codes=areas.index))
        lists.append(_lists(registry, forms, areas))
    change = balance_change(*balances, earlier_lists=lists[0], later_lists=lists[1])
    return _by_class(change["per_1000_change"], BALANCE_CHANGE)


def _lists(registry: Registry, forms: Mapping[str, set[str]], areas: gpd.GeoDataFrame) -> pd.Series:
    """Return which complete lists cover each class in each area, as text; missing for none."""
    coverage = registry.register_coverage
    told: dict[tuple[str, str], list[str]] = {}
    for claim in coverage.itertuples(index=False):
        if claim.voivodeship_code in forms.get(claim.support_form, ()):
            key = (claim.voivodeship_code, support_forms()[claim.support_form].di_class)
            told.setdefault(key, []).append(f"{claim.support_form} {claim.source_code}")
    pairs = list(product(areas.index, BALANCE_CLASSES))
    texts = [told.get((areas["voivodeship_code"][code], di_class)) for code, di_class in pairs]
    return pd.Series(
        ["; ".join(sorted(text)) if text else None for text in texts],
        index=pd.MultiIndex.from_tuples(pairs, names=["area_code", "di_class"]),
        dtype="str",
    )


def _services(registry: Registry, group: str) -> gpd.GeoDataFrame:
    """Return counted services for the group with their class and unit from the vocabulary."""
    services = registry.services
    wanted = services[services["is_counted"] & is_for_group(services, group)]
    forms = support_forms()
    return wanted.assign(
        di_class=wanted["support_form"].map({code: form.di_class for code, form in forms.items()}),
        capacity_unit=wanted["support_form"].map({code: form.capacity_unit for code, form in forms.items()}),
    )


def _forms(asked: Asked) -> dict[str, list[str]]:
    """Return the forms for the group of each class that are counted in places."""
    found: dict[str, list[str]] = {di_class: [] for di_class in BALANCE_CLASSES}
    for code in forms_for_group(asked.view.group):
        form = support_forms()[code]
        if form.di_class in found and form.capacity_unit in COUNTED_UNITS:
            found[form.di_class].append(code)
    return found


def _known_areas(asked: Asked, forms: list[str]) -> pd.Series:
    """Return where the lists of all the forms are complete."""
    is_known = pd.Series(bool(forms), index=asked.areas.index)
    for form in forms:
        is_known &= Asked(asked.world, asked.view.with_changes(form=form), asked.areas).known_areas
    return is_known


def _by_class(column: pd.Series, names: tuple[str, ...]) -> pd.DataFrame:
    """Return one column per class, named in the order of the classes."""
    return pd.DataFrame(
        {
            name: column.xs(di_class, level="di_class")
            for name, di_class in zip(names, BALANCE_CLASSES, strict=True)
        }
    )
