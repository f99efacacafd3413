"""Which reports of areas may be told, so that nobody can work out of how few another area has some."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from geo.teryt import CODE_DIGITS

LEAST_SHOWN: Final = 5
"""Fewer of an area are told to nobody: one may be the one person of a village who asked."""
_UPWARDS: Final = ("gmina", "powiat", "voivodeship")


def told_gminas(
    reports: Mapping[str, int], known: Collection[str], *, level: str
) -> Mapping[str, frozenset[str]]:
    """
    Return of each area of a level that is told of the gminas whose reports it is told with; of others nothing is told.

    A gmina is told from `LEAST_SHOWN` reports on. An area above has all that is told of its parts; the rest of its
    reports is told with them only where it is as many and can be shared out among its untold parts, each with fewer
    than that, so that any of them may have none. Else the total less its parts would tell how many an untold one has,
    or that it has some. So whatever levels are compared, of an untold gmina nobody learns anything but that it has
    fewer than `LEAST_SHOWN`.

    Parameters
    ----------
    reports
        Gmina → how many reports of one group it has.
    known
        Codes of all gminas; those of `reports` are added.
    level
        `gmina`, `powiat` or `voivodeship`.

    Notes
    -----
    Complementary suppression, as statistical offices use it for tables with totals: see Willenborg and de Waal,
    *Elements of Statistical Disclosure Control* (2001), chapter on tabular data.
    """
    told = {code: frozenset({code}) for code, count in reports.items() if count >= LEAST_SHOWN}
    open_parts = {*known, *reports} - set(told)
    for above in _UPWARDS[1 : _UPWARDS.index(level) + 1]:
        told, open_parts = _added_up(reports, told, open_parts, digits=CODE_DIGITS[above])
    return told


def _added_up(
    reports: Mapping[str, int],
    told: Mapping[str, frozenset[str]],
    open_parts: Collection[str],
    *,
    digits: int,
) -> tuple[dict[str, frozenset[str]], set[str]]:
    """Return what is told of the areas one level up, and those of which something may be untold."""
    untold = Counter(code[:digits] for code in open_parts)
    left_open, found = set(untold), {}
    reported = _grouped((code for code, count in reports.items() if count), digits)
    of_parts = _grouped((gmina for gminas in told.values() for gmina in gminas), digits)
    for area, gminas in reported.items():
        shown = of_parts.get(area, frozenset())
        rest = sum(reports[gmina] for gmina in gminas - shown)
        if LEAST_SHOWN <= rest <= (LEAST_SHOWN - 1) * (untold[area] - 1):
            shown = gminas
            left_open.discard(area)
        if shown:
            found[area] = shown
    return found, left_open


def _grouped(codes: Iterable[str], digits: int) -> dict[str, frozenset[str]]:
    """Return codes by the area that their first digits name."""
    groups: dict[str, set[str]] = {}
    for code in codes:
        groups.setdefault(code[:digits], set()).add(code)
    return {area: frozenset(group) for area, group in groups.items()}
