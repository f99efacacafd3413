"""
The index of every address of Małopolskie: how long it takes to make, what it weighs, what it finds and how far off.

Made in a process of its own as a load makes it: at most 60 s and 500 MB, 1 ms a look-up. How far off its answers are is
measured by addresses that it has not: some are left out of the index by a checksum of their words, so the same in every
run, and then looked for. Beside it, points that other people gave: those of the centres of social assistance whose
gmina agrees, and facilities that were placed by the same register of addresses with other rules. Where an address is
not found, the middle of its locality counts, as in a load. Exits with 1 when a target is missed.
"""

import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import geopandas as gpd
import pandas as pd
from shapely import Point

from benchmarks._plain_work import beside_plain_work, told
from data.places.address_answers import DoorAddress
from data.places.address_index import AddressIndex, FoundAddress
from data.places.address_index_file import write_index
from data.places.near_border import BORDER_M
from data.places.offline_doors import BEYOND_BORDER_M
from data.places.place_radius import LOCALITY_SHARE
from data.sources.country.addresses import AddressLine, address_lines
from data.sources.country.boundaries import read_gminas
from data.sources.registers.address_text import door_of
from data.store.settings import REPOSITORY, Settings
from geo.crs import GEOGRAPHIC, to_metric
from geo.joins import points_in_areas

MAX_SECONDS, MAX_MEGABYTES, MAX_MS_A_LOOK_UP, MAX_MEDIAN_M = 60.0, 500.0, 1.0, 150.0
ONE_OF = 1_500
"""One address of so many is left out."""
_MAKE = """
import sys
from pathlib import Path
from data.places.address_index_file import write_index
write_index(Path(sys.argv[1]), Path(sys.argv[2]), "addresses")
"""
_Asked = tuple[DoorAddress, str, Point]
"""An address, its gmina, and where it is."""


def is_left_out(line: AddressLine) -> bool:
    """Tell whether an address is of the sample: by its words, so the same in every run."""
    words = f"{line.gmina_code}|{line.locality}|{line.street}|{line.number}"
    return zlib.crc32(words.encode()) % ONE_OF == 0


def made(source: Path, index: Path) -> float:
    """Make the index as a load does, in a process of its own, and return its seconds."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _MAKE, str(index), str(source)], cwd=REPOSITORY, check=True)
    return time.perf_counter() - started


def sample(source: Path) -> list[_Asked]:
    """Return the addresses left out, each once."""
    found = {
        (line.gmina_code, line.locality, line.street, line.number): Point(line.longitude, line.latitude)
        for line in address_lines(source)
        if not line.fault and is_left_out(line)
    }
    return [
        (DoorAddress(locality, street or None, number), code, point)
        for (code, locality, street, number), point in found.items()
    ]


def centres(mirror: Path, gminas: gpd.GeoDataFrame) -> Iterator[_Asked]:
    """Give the centres of social assistance whose point lies in the gmina of their name."""
    table = pd.read_csv(mirror / "registers/malopolskie/ops_2026.csv", dtype=str)
    points = gpd.GeoSeries.from_xy(
        table["longitude"].astype(float), table["latitude"].astype(float), crs=GEOGRAPHIC
    )
    lies_in = points_in_areas(gpd.GeoDataFrame(geometry=points), gminas).area_code
    names = lies_in.map(gminas.set_index("area_code")["name"])
    is_agreed = names == table["gmina"].str.replace(r"^(?:Gmina |Kraków-).*", "Kraków", regex=True)
    for row, code, point in zip(
        table[is_agreed].to_dict("records"), lies_in[is_agreed], points[is_agreed], strict=True
    ):
        parts = [text for text in (row["ulica"], row["numer_domu"]) if isinstance(text, str)]
        door = door_of(" ".join(parts), locality_name=row["miejscowosc"])
        if door is not None:
            yield DoorAddress(row["miejscowosc"], door.street, door.house_number), str(code), point


def placed_by_others(mirror: Path) -> Iterator[tuple[str, _Asked]]:
    """Give facilities that others placed at their door, by voivodeship."""
    folder = mirror / "registers/compiled"
    placed = pd.read_csv(folder / "geocoded_with_prg.csv", dtype=str).query("geo_grade == 'door'")
    for name, own in placed.groupby("file"):
        lists = pd.read_csv(folder / f"{name}.csv", dtype=str)
        rows = own.merge(lists, on="source_id", suffixes=("", "_of_list"))
        for row in rows.to_dict("records"):
            door = door_of(row["street_address"], locality_name=row["locality"])
            if door is not None:
                town = door.locality_name or row["locality"]
                address = DoorAddress(town, door.street, door.house_number)
                yield row["teryt"][:2], (address, row["teryt"], Point(float(row["lon"]), float(row["lat"])))


class Finder:
    """An index, and the middle of a locality where it has no answer."""

    def __init__(self, paths: list[Path], mirror: Path, gminas: gpd.GeoDataFrame) -> None:
        codes = {str(code): str(code) for code in gminas["area_code"]}
        self._index = AddressIndex(paths, area_of_code=codes)
        self._gminas = gminas
        localities = pd.read_csv(mirror / "gazetteer/prg_localities_2026.csv.gz", dtype={"teryt": str})
        self._middles = {
            (code, name): FoundAddress(Point(lon, lat), "locality", round(LOCALITY_SHARE * half_km * 1000))
            for code, name, lat, lon, half_km in localities[
                ["teryt", "locality", "lat", "lon", "half_diag_km"]
            ].itertuples(index=False)
        }

    def measure(self, asked: list[_Asked]) -> pd.DataFrame:
        """Return for each address `grade`, `error_m`, `radius_m`, `is_refused` and `micros` of the look-up."""
        rows = []
        for address, code, point in asked:
            started = time.perf_counter()
            found = self._index.find(address, gmina_code=code)
            micros = (time.perf_counter() - started) * 1e6
            middle = self._middles.get((code, address.locality_name))
            rows.append((found, middle, point, code, micros))
        is_refused = self._are_outside([(found, code) for found, _, _, code, _ in rows])
        told_rows = [
            (at.grade, at.radius_m, refused, micros, at.point, point)
            for (found, middle, point, _, micros), refused in zip(rows, is_refused, strict=True)
            if (at := _at(None if refused else found, middle)) is not None
        ]
        columns = ["grade", "radius_m", "is_refused", "micros", "ours", "theirs"]
        answers = pd.DataFrame(told_rows, columns=columns)
        ours, theirs = (
            to_metric(gpd.GeoSeries(answers[side], crs=GEOGRAPHIC)) for side in ("ours", "theirs")
        )
        return answers.assign(error_m=ours.distance(theirs))

    def middles(self, asked: list[_Asked]) -> pd.DataFrame:
        """Return the same of the middle of the locality alone, in gminas that are no town."""
        kinds = self._gminas.set_index("area_code")["kind"]
        rows = [
            (middle.radius_m, middle.point, point)
            for address, code, point in asked
            if kinds.get(code) != "urban"
            and (middle := self._middles.get((code, address.locality_name))) is not None
        ]
        answers = pd.DataFrame(rows, columns=["radius_m", "ours", "theirs"])
        ours, theirs = (
            to_metric(gpd.GeoSeries(answers[side], crs=GEOGRAPHIC)) for side in ("ours", "theirs")
        )
        return answers.assign(grade="locality", is_refused=False, error_m=ours.distance(theirs))

    def _are_outside(self, found: list[tuple[FoundAddress | None, str]]) -> list[bool]:
        """Tell which points lie so far outside their gmina that a load refuses them."""
        points = to_metric(gpd.GeoSeries([at and at.point for at, _ in found], crs=GEOGRAPHIC))
        shapes = to_metric(self._gminas.set_index("area_code")[["geometry"]]).loc[[code for _, code in found]]
        distances_m = points.distance(shapes.geometry.reset_index(drop=True))
        return [
            bool(distance_m > (BEYOND_BORDER_M if at is not None and at.grade == "door" else BORDER_M))
            for distance_m, (at, _) in zip(distances_m, found, strict=True)
        ]


def _at(found: FoundAddress | None, middle: FoundAddress | None) -> FoundAddress | None:
    """Return the place of an address as a load has it: the middle of its locality where nothing finer is found."""
    return found or middle


def say(name: str, answers: pd.DataFrame) -> float:
    """Print how far off answers are, and return the median error in metres."""
    found = answers["error_m"].quantile([0.5, 0.9, 0.95]).round().astype(int)
    print(
        f"{name}: {len(answers)} addresses, error in m: median {found[0.5]}, 90 % {found[0.9]}, 95 % {found[0.95]}; "
        f"refused beyond the border {int(answers['is_refused'].sum())}"
    )
    for grade, rows in answers.groupby("grade"):
        within = (rows["error_m"] <= rows["radius_m"]).mean()
        print(
            f"  {grade}: {len(rows)}, median {rows['error_m'].median():.0f} m, within the radius told {within:.0%}"
        )
    return float(answers["error_m"].median())


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    mirror = Settings.from_environment().mirror
    if mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    source = mirror / "gazetteer/prg_addresses_malopolskie_2026.csv.gz"
    gminas = read_gminas(mirror / "boundaries/gminas_2026.geojson")
    with tempfile.TemporaryDirectory() as name:
        whole, lacking, streets = (Path(name) / f"{part}.sqlite" for part in ("whole", "lacking", "streets"))
        seconds, slowness = beside_plain_work(lambda: made(source, whole))
        # The largest child so far. Linux counts in kB.
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        is_fast, words = told(seconds, MAX_SECONDS, slowness)
        kept = whole.stat().st_size / 1e6
        print(f"index: {words}, {megabytes:.0f} MB (at most {MAX_MEGABYTES:.0f}), its file {kept:.0f} MB")
        write_index(lacking, source, "addresses", leaves_out=is_left_out)
        write_index(streets, mirror / "gazetteer/prg_streets_2026.csv.gz", "address_streets")
        asked = sample(source)
        answers = Finder([lacking], mirror, gminas).measure(asked)
        error_m = say("left out of the index", answers)
        say("  of them in streets", answers[[address.street is not None for address, _, _ in asked]])
        every = Finder([whole, streets], mirror, gminas)
        known = every.measure(asked)
        micros = median(known["micros"])
        print(
            f"a look-up: {micros:.0f} µs in the median, {known['micros'].quantile(0.95):.0f} µs for 95 of 100"
        )
        say(
            "centres of social assistance (points of towns and villages)",
            every.measure([*centres(mirror, gminas)]),
        )
        others = [*placed_by_others(mirror)]
        say("placed by others, Małopolskie", every.measure([row for code, row in others if code == "12"]))
        country = every.measure([row for code, row in others if code != "12"])
        say("placed by others, elsewhere (streets only)", country)
        say("the middle of their village alone", every.middles([row for _, row in others]))
    is_small = megabytes <= MAX_MEGABYTES and micros <= MAX_MS_A_LOOK_UP * 1000
    is_exact = error_m <= MAX_MEDIAN_M
    return int(not (is_fast and is_small and is_exact))


if __name__ == "__main__":
    sys.exit(main())
