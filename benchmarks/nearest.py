"""
Finding the 20 nearest of 100,000 facilities: NearestIndex against geopandas.sjoin_nearest on the frame.

The ratio that counts compares the same answer to the same question, asked again and again: the 20
facilities nearest to a place, with distances. `sjoin_nearest` finds only the nearest of its right frame, so
a newcomer joins all facilities to the one place, which gives every distance, and keeps the 20 smallest.

Printed beside it, because it is an easier question and not in the ratio: the *one* nearest facility by
joining the place to the facilities, with a frame just read (it has to build its spatial index, as a page
does that gets a copy of a cached frame on every rerun) and with a frame asked before (it has kept it).

NearestIndex is built once and then asked; the time to build it is printed apart. Answers must agree, or the
comparison means nothing.
"""

import statistics
import sys
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import METRIC
from geo.nearest import NearestIndex

FACILITIES = 100_000
COUNT = 20
QUESTIONS = 200
QUESTIONS_OF_PEER = 15
TARGET = 1 / 50
# The extent of Poland in EPSG:2180, metres.
WEST, SOUTH, EAST, NORTH = 171_000, 133_000, 862_000, 775_000


def random_points(rng: np.random.Generator, count: int) -> gpd.GeoDataFrame:
    xy = rng.uniform((WEST, SOUTH), (EAST, NORTH), size=(count, 2))
    return gpd.GeoDataFrame(geometry=shapely.points(xy), crs=METRIC)


def median_ms(ask: Callable[[int], object], questions: int) -> float:
    """Return the median time of one question; the first, which warms caches, is not counted."""
    ask(0)
    seconds = []
    for row in range(questions):
        started = time.perf_counter()
        ask(row)
        seconds.append(time.perf_counter() - started)
    return 1000 * statistics.median(seconds)


def main() -> int:
    rng = np.random.default_rng(2026)
    facilities = random_points(rng, FACILITIES)
    places = random_points(rng, QUESTIONS)
    place_frames = [places.iloc[[row]] for row in range(QUESTIONS_OF_PEER)]

    started = time.perf_counter()
    index = NearestIndex(facilities)
    build_ms = 1000 * (time.perf_counter() - started)

    def ours(row: int):
        return index.nearest(places.geometry.iloc[row], count=COUNT)

    def peers(row: int):
        joined = facilities.sjoin_nearest(place_frames[row], distance_col="distance_m")
        return joined.nsmallest(COUNT, "distance_m")

    for row in range(QUESTIONS_OF_PEER):
        if list(ours(row)["index"]) != list(peers(row).index):
            print(f"nearest: the two disagree at {places.geometry.iloc[row].wkt}")
            return 1

    ours_ms = median_ms(ours, QUESTIONS)
    peers_ms = median_ms(peers, QUESTIONS_OF_PEER)
    kept_ms = median_ms(lambda row: place_frames[row].sjoin_nearest(facilities), QUESTIONS_OF_PEER)
    just_read = iter([facilities.copy() for _ in range(QUESTIONS_OF_PEER + 1)])
    read_ms = median_ms(lambda row: place_frames[row].sjoin_nearest(next(just_read)), QUESTIONS_OF_PEER)

    ratio = ours_ms / peers_ms
    is_met = ratio <= TARGET
    print(
        f"nearest: {COUNT} of {FACILITIES:,} in {ours_ms:.3f} ms, by sjoin_nearest {peers_ms:.1f} ms: "
        f"ratio 1/{1 / ratio:.0f} (target 1/{1 / TARGET:.0f}, {'met' if is_met else 'MISSED'})"
    )
    print(f"nearest: index built once in {build_ms:.0f} ms")
    print(
        f"nearest: for comparison, sjoin_nearest for the 1 nearest only: frame just read {read_ms:.1f} ms "
        f"(1/{read_ms / ours_ms:.0f}), frame asked before {kept_ms:.1f} ms (1/{kept_ms / ours_ms:.0f})"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
