"""Where an address stands, by the published addresses: its door, a house beside it, or its street."""

import re
from functools import cache, cached_property

import numpy as np
import pandas as pd
import shapely

from tests.truth.recompute.country import Country, folded, metric

_TITLES = frozenset(
    re.split(
        " ",
        "im sw swietego swietej bl blog ks ksiedza bp abp kard kardynala o br s siostry gen generala marsz marszalka"
        " plk kpt mjr por dr doktora prof hr krola krolowej ksiecia ksieznej prez prezydenta hetmana prymasa"
        " i nr go ego ul ulica",
    )
)
_KINDS = {"al": "al", "aleja": "al", "aleje": "al", "os": "os", "osiedle": "os", "pl": "pl", "plac": "pl"}
_DATES = {"pierwszego": "1", "trzeciego": "3", "jedenastego": "11"}
_NEAR_M = {"door": 1000.0, "street": 300.0}
"""How far a place may lie beyond the drawn border of its gmina: an official address states the gmina itself."""


class Doors:
    """The addresses of Małopolska and the streets of the country, by gmina and locality."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.folder = country.mirror / "gazetteer"

    @cached_property
    def addresses(self) -> dict[tuple[str, str], pd.DataFrame]:
        """Every address: `words`, `kind`, `base`, `number`, `lon`, `lat`, by gmina and locality."""
        path = self.folder / "prg_addresses_malopolskie_2026.csv.gz"
        rows = pd.read_csv(path, dtype={"teryt": str, "housenumber": str}, keep_default_na=False)
        rows["number"] = rows["housenumber"].str.lower().str.replace(" ", "")
        rows["base"] = pd.to_numeric(rows["number"].str.extract(r"^(\d+)")[0])
        return self._by_place(rows, "miejscowosc")

    @cached_property
    def streets(self) -> dict[tuple[str, str], pd.DataFrame]:
        """Every street: `words`, `kind`, `radius_m`, `lon`, `lat` of its middle, by gmina and locality."""
        rows = pd.read_csv(self.folder / "prg_streets_2026.csv.gz", dtype={"teryt": str})
        return self._by_place(rows.assign(radius_m=rows["half_diag_km"] * 1000), "locality")

    @staticmethod
    def _by_place(rows: pd.DataFrame, locality: str) -> dict[tuple[str, str], pd.DataFrame]:
        # "Gródek N/Dunajcem" is how the register of addresses shortens "nad".
        keys = {name: folded(re.sub("(?i) n/", " nad ", name)) for name in rows[locality].unique()}
        return dict(iter(rows.groupby(["teryt", rows[locality].map(keys)])))

    def find(self, gmina: str, town: str, street: str, number: str) -> tuple[float, float, str, float] | None:
        """
        Return longitude, latitude, grade and radius of an address in a gmina; None where nothing tells it.

        `town` is folded. A village is written like a street of its post town: then its number is looked for there.
        """
        found = self._finest(gmina, town, street, number)
        if found is None and street and number:
            village = self._finest(gmina, folded(street.removeprefix("ul.")), "", number)
            found = village if village is not None and village[2] == "door" else None
        if found is None:
            return None
        shape = shapely.transform(
            self.country.councils.loc[gmina, "geometry"], lambda xy: metric(xy[:, 0], xy[:, 1])
        )
        point = shapely.points(metric([found[0]], [found[1]]))[0]
        return found if shapely.distance(shape, point) <= _NEAR_M[found[2]] else None

    def _finest(
        self, gmina: str, town: str, street: str, number: str
    ) -> tuple[float, float, str, float] | None:
        both = (
            self._in(self.addresses, gmina, town, street, number),
            self._in(self.streets, gmina, town, street, ""),
        )
        return min(filter(None, both), key=lambda one: (one[2] != "door", one[3]), default=None)

    def _in(
        self, places: dict, gmina: str, town: str, street: str, number: str
    ) -> tuple[float, float, str, float] | None:
        keys = [(gmina, town)] if (gmina, town) in places else []
        keys += [key for key in places if street and key[0] == gmina and town in key[1] and key[1] != town]
        best: dict[int, list[str]] = {}
        for key in keys:
            rows = places[key]
            best = {}
            for name in rows["street"].unique():
                best.setdefault(_likeness(street, name), []).append(name)
            if max(best):
                break
        likest = max(best, default=0)
        if not likest:
            return None
        names = [name for name in best[likest] if _kind(name) == _kind(street)] or best[likest]
        here = rows[rows["street"].isin(names)]
        if "radius_m" in rows:
            (row, *others) = here.itertuples()
            return None if others else (row.lon, row.lat, "street", max(100.0, row.radius_m))
        return _beside(here, number, is_street=bool(street)) or (
            _middle(here) if street and len(names) == 1 else None
        )


def _beside(here: pd.DataFrame, number: str, *, is_street: bool) -> tuple[float, float, str, float] | None:
    """Return the door of a number, or the house beside it."""
    text = number.lower().replace(" ", "")
    parts = re.findall(r"\d+[a-z]*", text)
    meant = [
        text,
        text.replace("-", "/"),
        text.replace("/", "-"),
        *parts[:1],
        *(parts[1:2] if "-" in text else []),
    ]
    for door in meant if parts else []:
        same = here[here["number"] == door]
        if len(same):
            return same["lon"].iloc[0], same["lat"].iloc[0], "door", 100.0
    base = int(re.match(r"\d+", text)[0]) if parts else -1
    same = here[here["base"] == base].sort_values("number", kind="stable")
    if len(same):
        return same["lon"].iloc[0], same["lat"].iloc[0], "street", 200.0 if is_street else 300.0
    return _between(here[here["base"] % 2 == base % 2], base) if is_street and parts else None


def _between(side: pd.DataFrame, base: int) -> tuple[float, float, str, float] | None:
    """Return the place of a number between the nearest ones of its side of the street, or beside the last."""
    side = side.sort_values(["base", "number"], kind="stable")
    below, above = side[side["base"] < base], side[side["base"] > base]
    ends = [below[below["base"] == below["base"].max()].head(1), above.head(1)]
    known = pd.concat(ends)
    if len(known) < 2:
        near = known[(known["base"] - base).abs() <= 10]
        return (near["lon"].iloc[0], near["lat"].iloc[0], "street", 200.0) if len(near) else None
    (low, high), flat = known["base"], metric(known["lon"], known["lat"])
    lon, lat = (np.interp(base, [low, high], known[axis]) for axis in ("lon", "lat"))
    return float(lon), float(lat), "street", max(100.0, float(np.hypot(*(flat[0] - flat[1]))))


def _middle(here: pd.DataFrame) -> tuple[float, float, str, float]:
    flat = metric(here["lon"], here["lat"])
    radius = float(np.hypot(*np.ptp(flat, axis=0))) / 2
    return here["lon"].median(), here["lat"].median(), "street", max(100.0, radius)


@cache
def _words(street: str) -> list[str]:
    plain = street.replace("MB ", "Matki Bożej ").replace("Wlkp.", "Wielkopolskich")
    plain = re.sub(r"\bP[Cc][Kk]\b", "Polskiego Czerwonego Krzyża", plain)
    found = [folded(word) for word in re.findall(r"[^\W_]+", plain)]
    while len(found) > 1 and found[0] in {*_KINDS, "ul", "ulica"}:
        found = found[1:]
    return list(dict.fromkeys(_DATES.get(word, word) for word in found))


def _kind(street: str) -> str:
    heads = [folded(word) for word in re.findall(r"[^\W_]+", street)[:-1]]
    return next((_KINDS[word] for word in heads[:2] if word in _KINDS), "")


def _likeness(asked: str, known: str) -> int:
    """Return 4 for the same words with their titles, 3 without, 2 with initials, 1 without forenames, 0 for others."""
    if not asked or not known:
        return 4 if asked == known else 0
    whole, other_whole = _words(asked), _words(known)
    one = [word for word in whole if word not in _TITLES] or whole
    other = [word for word in other_whole if word not in _TITLES] or other_whole
    if one == other:
        is_same = len(whole) == len(other_whole) and all(
            a.startswith(b) or b.startswith(a) for a, b in zip(whole, other_whole, strict=True)
        )
        return 4 if is_same else 3
    shorter, longer = sorted((one, other), key=len)
    rest = list(longer)
    for word in shorter:
        fits = next((own for own in rest if own == word), None) or next(
            (own for own in rest if own[0] == word[0] and 1 in {len(own), len(word)}), None
        )
        if fits is None:
            return 0
        rest.remove(fits)
    if not rest:
        return 2
    is_last_same = shorter[-1] == longer[-1]
    is_forename = all(
        re.search(r"(?:a|ego|y|i|ej)$|^[ivx]+$|^.$|^(?:van|von|de|delano)$", word) and not word.isdigit()
        for word in rest
    )
    is_adjective = any(re.search(r"(?:sk|ck|dzk)a$", word) for word in rest)
    return int(is_last_same and is_forename and not is_adjective)


def parts_of(text: str) -> tuple[str, str]:
    """Return street and house number of the address in a text, the words before the number where it names no street."""
    text = " ".join(text.split())
    before, *after = re.split(r"\(\d\d\)|\b\d\d ?- ?\d{3}\b", text, maxsplit=1)
    for part in (before, *after):
        line = part.strip(" ,|")
        marks = [*re.finditer(r"\b(?:[Uu]l|[Aa]l|[Oo]s|[Pp]l)\. ?|\b[Rr]ynek\b|\bPlac\b|\bAleja\b", line)]
        if marks:
            line = line[marks[0].start() :].split(",")[0]
        elif not re.search(r"\d", line):
            continue
        else:
            line = line.split(",")[-1].strip()
        line = re.sub(r"(?<=\d) (?:lok|m)\.? ?\w+$", "", line.strip())
        found = re.search(r"(?:^| )(?:nr )?(\d+ ?[A-Za-z]?(?:/[A-Za-z])?(?:[/-]\d+ ?[A-Za-z]?)?)$", line)
        if found:
            street = line[: found.start()]
            return (street, found[1]) if marks else (f"={street}", found[1])
        if marks:
            return line, ""
    return "", ""
