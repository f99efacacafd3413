"""Worlds on a line for siting, and the slow way to serve people in them."""

import itertools

import pandas as pd
from scipy.optimize import linprog

from geo.siting.limits import SitingLimits
from geo.siting.need import SitingNeed
from geo.straight_lines import straight_line_reach
from tests.geo.world import points

LIMIT_M = 3_000
NORM = 100  # places per 1,000: one place serves 10 persons


def need(people, existing=(), candidates=(), norm=NORM, limit_m=LIMIT_M):
    """Give a world on a line: (km, persons) of people, (km, places) of facilities, km of candidates."""
    spots = points(*[(x, 0) for x, _ in people])
    codes = ["120101" if x < 10 else "120102" for x, _ in people]
    doors = points(*[(x, 0) for x, _ in existing])
    return SitingNeed(
        demand=pd.DataFrame({"gmina_code": codes, "demand_persons": [n for _, n in people]}),
        existing=straight_line_reach(spots, doors, max_distance_m=limit_m),
        existing_places=pd.Series([places for _, places in existing], dtype="Float64"),
        candidates=straight_line_reach(spots, points(*[(x, 0) for x in candidates]), max_distance_m=limit_m),
        places_per_1000=norm,
    )


def limits(least=1, most=3, **options):
    return SitingLimits(least_places=least, most_places=most, **options)


def slow_served(people, facilities):
    """Serve the most people, a variable for every pair, near or not: (km, persons room) of facilities."""
    if not facilities:
        return 0.0
    cells = [(i, j) for i in range(len(people)) for j in range(len(facilities))]
    near = [1000 * abs(people[i][0] - facilities[j][0]) <= LIMIT_M for i, j in cells]
    rows = [[float(i == row) for i, _ in cells] for row in range(len(people))]
    rows += [[float(j == row) for _, j in cells] for row in range(len(facilities))]
    answer = linprog(
        [-1.0] * len(cells),
        A_ub=rows,
        b_ub=[n for _, n in people] + [room for _, room in facilities],
        bounds=[(0, None if is_near else 0) for is_near in near],
    )
    return -answer.fun


def slow_gains(people, existing, candidates, allowed):
    """Give what every allowed choice of places gains: (sites and places) -> persons."""
    standing = [(x, 10 * places) for x, places in existing]
    before = slow_served(people, standing)
    gains = {}
    choices = [0, *range(allowed.least_places, allowed.most_places + 1)]
    for places in itertools.product(choices, repeat=len(candidates)):
        opened = [n for n in places if n]
        cost = allowed.build_per_site * len(opened) + allowed.cost_per_place * sum(opened)
        if allowed.sites_count is not None and len(opened) > allowed.sites_count:
            continue
        if allowed.places_count is not None and sum(opened) > allowed.places_count:
            continue
        if allowed.budget is not None and cost > allowed.budget:
            continue
        new = [(x, 10 * n) for x, n in zip(candidates, places, strict=True) if n]
        gains[places] = slow_served(people, standing + new) - before
    return gains


def left(plan):
    """Give persons by gmina and reason."""
    return {(row.gmina_code, row.reason): row.persons for row in plan.left_over.itertuples()}
