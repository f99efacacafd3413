"""
Finding duplicates among 100,000 facilities: seconds, megabytes, and how many planted duplicates come back.

The facilities are the records of the labelled sample (tests/examples/duplicate_pairs.csv), moved to other gminas and
other house numbers until there are enough; one in twenty stands in one large city, so that the largest block is larger
than any real one. One in ten comes again in a second list, written otherwise: the forename of the street as an
initial, no "ul.", another case of letters, or no street at all.
"""

import csv
import resource
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks._plain_work import beside_plain_work, told
from data.duplicates.dedupe import find_duplicates
from data.reading.clusters import clusters
from geo.crs import GEOGRAPHIC

SAMPLE = Path(__file__).parent.parent / "tests" / "examples" / "duplicate_pairs.csv"
FACILITIES = 100_000
COPIES = FACILITIES // 10
GMINAS = 2_477
CITY_SHARE = 0.05
STREETS = 400
TARGET_S = 60


def sample_records() -> pd.DataFrame:
    """Return each left record of the sample once."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = [
            {name[5:]: text for name, text in row.items() if name.startswith("left_")}
            for row in csv.DictReader(file)
        ]
    return pd.DataFrame(rows).drop_duplicates(["source", "key"], ignore_index=True)


def facilities(rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return the facilities: those of list "a", then their copies in list "b"."""
    sample = sample_records()
    count = FACILITIES - COPIES
    drawn = sample.iloc[rng.integers(0, len(sample), count)].reset_index(drop=True)
    gmina = np.where(rng.random(count) < CITY_SHARE, 0, rng.integers(1, GMINAS, count))
    streets = [f"Jana {word}skiego" for word in rng.permutation(_words(STREETS))]
    street = np.array(streets)[rng.integers(0, STREETS, count)]
    number = rng.integers(1, 200, count).astype(str)
    first = pd.DataFrame(
        {
            "source_code": "a",
            "record_key": [f"{row:06d}" for row in range(count)],
            "name": drawn["name"],
            "organization_name": drawn["organization"].replace("", None),
            "support_forms": drawn["forms"].str.split(";"),
            "street_address": [f"ul. {words} {house}" for words, house in zip(street, number, strict=True)],
            "postal_code": [f"{code // 1000:02d}-{code % 1000:03d}" for code in gmina],
            "locality_name": [f"Miejscowość {code}" for code in gmina],
            "gmina_code": [f"{code:06d}" for code in gmina],
            "voivodeship_code": [f"{code % 16:02d}" for code in gmina],
            "phones": [[f"{phone:09d}"] for phone in rng.integers(10**8, 10**9, count)],
            "place_grade": "locality",
            "geometry": shapely.points(rng.uniform((15, 50), (23, 54), (count, 2))),
        }
    )
    again = first.iloc[rng.choice(count, COPIES, replace=False)].copy()
    again["source_code"] = "b"
    written = rng.integers(0, 4, COPIES)
    again["street_address"] = [
        _rewritten(text, way) for text, way in zip(again["street_address"], written, strict=True)
    ]
    again["phones"] = [phones if way else [] for phones, way in zip(again["phones"], written, strict=True)]
    return gpd.GeoDataFrame(pd.concat([first, again], ignore_index=True), geometry="geometry", crs=GEOGRAPHIC)


def _words(count: int) -> list[str]:
    starts, middles = ("Ba", "Ce", "Do", "Fu", "Gi", "Ka", "Le", "Mo", "Ni", "Pu"), "bdglmnprst"
    return [starts[n % 10] + middles[n // 10 % 10] + "aeio"[n // 100 % 4] + "w" for n in range(count)]


def _rewritten(address: str, way: int) -> str | None:
    return (address.replace("Jana", "J."), address.removeprefix("ul. "), address.upper(), None)[way]


def _timed(frame: gpd.GeoDataFrame) -> tuple[pd.DataFrame, float]:
    """Return the pairs of a frame and the seconds that they took."""
    started = time.perf_counter()
    return find_duplicates(frame), time.perf_counter() - started


def main() -> int:
    """Run, print, and say whether the target was met."""
    frame = facilities(np.random.default_rng(2026))
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (pairs, seconds), slowness = beside_plain_work(lambda: _timed(frame))
    joined = clusters(pairs)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planted = (
        (pairs["left_source"] == "a")
        & (pairs["right_source"] == "b")
        & (pairs["left_key"] == pairs["right_key"])
    )
    is_same = pairs["verdict"] == "same"
    print(
        f"duplicates: {len(frame):,} facilities in {seconds:.1f} s, {before_mb:.0f} MB before, peak {peak_mb:.0f} MB"
    )
    print(
        f"duplicates: {len(pairs):,} pairs, {is_same.sum():,} same ({(is_same & planted).sum():,} planted), "
        f"{planted.sum():,} of {COPIES:,} planted reported, {joined.members['cluster'].nunique():,} groups"
    )
    is_met, words = told(seconds, TARGET_S, slowness)
    print(f"duplicates: {words}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
