"""What is said of borders that do not fit: which pieces changed hands, which gaps stay, why a file is refused."""

import math
from collections.abc import Iterator
from typing import Final

import geopandas as gpd

from data.sources.staged import SourceFormatError
from geo.crs import GEOGRAPHIC
from geo.errors import GeometryError

_MOST_TOLD = 5
_NO_SLIVER_M2: Final = 1_000_000.0
"""1 km²: two borders that a publisher drew twice do not differ by more, two areas drawn one upon the other do."""
_NO_SLIVER: Final = (
    "So much land (over 1 km²) is hardly a border drawn twice. Either two rows are the same land (areas of another "
    "level or country beside gminas, gminas of two years, a town both within its gmina and by itself): open the file "
    "at these places and take out the rows that are no gminas. Or one border is drawn wrongly: both rows are gminas "
    "then, and neither is taken out; the border has to be mended (docs/boundaries.md)."
)


def piece_words(pieces: gpd.GeoDataFrame, gminas: gpd.GeoDataFrame) -> list[str]:
    """Say where pieces are: code and name of the gmina, square metres, longitude and latitude."""
    name_of = dict(zip(gminas["terc"], gminas["name"], strict=True))
    shown = pieces.head(_MOST_TOLD)
    points = shown.geometry.to_crs(GEOGRAPHIC)
    lines = [
        f"{label} {name_of[label]}: {_size(area)} at {point.x:.5f}, {point.y:.5f}"
        for label, area, point in zip(shown["label"], shown["area_m2"], points, strict=True)
    ]
    return [*lines, *([f"and {len(pieces) - len(shown)} smaller"] if len(pieces) > len(shown) else [])]


def _size(area_m2: float) -> str:
    """Say how large land is, from a km² on in km²."""
    return f"{area_m2 / 1e6:.2f} km²" if area_m2 >= _NO_SLIVER_M2 else f"{area_m2:.1f} m²"


def gap_words(gaps: gpd.GeoDataFrame, gminas: gpd.GeoDataFrame) -> Iterator[str]:
    """Say which land between gminas belongs to none of them, and whose neighbours are."""
    if gaps.empty:
        return
    name_of = dict(zip(gminas["terc"], gminas["name"], strict=True))
    yield (
        f"{len(gaps)} gaps between gminas are wider than what is closed and stay, {_size(gaps['area_m2'].sum())} in "
        "all. On the map they belong to nobody, and what stands there is in no gmina: is one missing in the file, or "
        "are they lakes?"
    )
    points = gaps.geometry.to_crs(GEOGRAPHIC)
    rows = zip(gaps["neighbours"], gaps["area_m2"], points, strict=True)
    for neighbours, area, point in list(rows)[:_MOST_TOLD]:
        around = ", ".join(f"{code} {name_of[code]}" for code in neighbours[:_MOST_TOLD])
        more = f" and {len(neighbours) - _MOST_TOLD} more" if len(neighbours) > _MOST_TOLD else ""
        yield f"    {_size(area)} at {point.x:.5f}, {point.y:.5f}, between {around}{more}"
    if len(gaps) > _MOST_TOLD:
        yield f"    and {len(gaps) - _MOST_TOLD} smaller"


def _claims(pieces: gpd.GeoDataFrame, gminas: gpd.GeoDataFrame) -> list[str]:
    """Say whose land pieces are by the file: every gmina that has the place, square metres, longitude and latitude."""
    shown = pieces.head(_MOST_TOLD)
    points = shown.geometry.to_crs(GEOGRAPHIC)
    lines = []
    for label, area, point in zip(shown["label"], shown["area_m2"], points, strict=True):
        of = gminas[gminas.contains(point) | (gminas["terc"] == label)]
        named = ", ".join(f"{code} {name}" for code, name in zip(of["terc"], of["name"], strict=True))
        lines.append(f"{named}: {_size(area)} at {point.x:.5f}, {point.y:.5f}")
    return [*lines, *([f"and {len(pieces) - len(shown)} smaller"] if len(pieces) > len(shown) else [])]


def refused(
    error: GeometryError, gminas: gpd.GeoDataFrame, *, most_m2: float, width_m: float, file_name: str
) -> SourceFormatError:
    """Return the error that names every place, and says which option takes it all the same."""
    pieces = gpd.GeoDataFrame(error.facts["pieces"])
    lines = "\n".join(f"  {line}" for line in _claims(pieces, gminas))
    largest_m2 = float(pieces["area_m2"].max())
    return SourceFormatError(
        f"{file_name}: expected gminas that share their borders to within {most_m2:g} m² or "
        f"{width_m:g} m, found {len(pieces)} larger pieces of land that two of them have, or none:\n{lines}\n"
        + (
            _NO_SLIVER
            if largest_m2 > _NO_SLIVER_M2
            else "Which side is right only the publisher knows: correct these borders. If that is how the file is "
            f"meant, `--sliver-m2 {math.ceil(largest_m2)}` gives each piece to the neighbour with the longest common "
            "border."
        ),
        codes=sorted(set(pieces["label"])),
    )
