"""What a view says beside what the raw files give: every number that disagrees, or that nobody computes again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from tests.truth.recompute.expected import Expected
from tests.truth.sentences import NUMBER, Said, is_told, number_of, numbers_of

COLUMNS = {
    "demand_persons": "persons",
    "facilities_count": "facilities",
    "capacity_places": "places",
    "places_per_1000": "rate",
    "coverage_share": "coverage",
    "access_per_1000": "access",
    "gap_share": "gap_share",
}
"""Columns of a table, and the figure of each."""
PARTS = {
    "served_persons": "served",
    "over_capacity_persons": "over",
    "out_of_reach_persons": "out",
    "no_data_persons": "no_data",
}
"""The parts of a group's people, and the figure of each."""
_KINDS = {"day_per_1000", "round_the_clock_per_1000"}
"""Kinds of support whose places are computed again; of the others no list states places in these views."""
_SHARES = [(0, 24.9), (25, 49.9), (50, 74.9), (75, 99.9), (100, 100)]
_CLASSED = {"coverage_share", "access_per_1000", "gap_share"}
_RELATIVE = 1e-6
_WHOLE_BY_GMINA = {"out_persons": 5}
"""Sums of persons that were rounded in each gmina: how far they may be from the sum of the fractions."""


@dataclass(frozen=True)
class Disagreement:
    """One line of the report."""

    view: str
    where: str
    said: str
    computed: str
    file: str

    def __str__(self) -> str:
        return f"{self.view}: {self.where}\n    said {self.said}, computed {self.computed} ({self.file})"


def sentences(said: dict) -> Iterator[str]:
    """Yield every sentence of a view: title, subtitle, what stands under the map, notes."""
    yield said["title"]
    yield said["subtitle"]
    yield from said.get("summary", [])
    yield from said["notes"]


def check_sentences(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of every sentence."""
    return [
        line
        for sentence in sentences(said)
        for line in _of_sentence(view, sentence, said["language"], expected)
    ]


def _of_sentence(view: str, sentence: str, language: str, expected: Expected) -> Iterator[Disagreement]:
    numbers = numbers_of(sentence, language)
    if numbers is None:
        yield Disagreement(
            view, sentence, "a sentence of no pattern", "nothing", "tests/truth/sentences.toml"
        )
    for number in numbers or ():
        yield from _compared(view, sentence, number, expected)


def _compared(view: str, sentence: str, number: Said, expected: Expected) -> Iterator[Disagreement]:
    is_share = number.name.endswith("_pct")
    name = number.name.removesuffix("_pct")
    if not hasattr(type(expected), name):
        yield Disagreement(
            view, sentence, number.words, f"nothing: no figure is called {name}", "expected.py"
        )
        return
    figure = float(getattr(expected, name)) * (100 if is_share else 1)
    if not is_told(number, figure, within=_WHOLE_BY_GMINA.get(name, 0)):
        yield Disagreement(
            view, sentence, f"{number.words} as {name}", f"{figure:.6g}", expected.file_of(name)
        )


def check_table(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of the table with its figure, and with its own words."""
    rows = pd.DataFrame(said["rows"]).set_index("area_code")
    found = []
    if list(rows.index) != list(expected.codes):
        found.append(
            Disagreement(view, "areas", str(len(rows)), str(len(expected.codes)), "gminas_2019.geojson")
        )
    for column, name in COLUMNS.items():
        if column not in rows:
            continue
        figures = getattr(expected, name).astype(float)
        for code, value in rows[column].astype(float).items():
            figure = figures.get(code, float("nan"))
            if not (_is_whole_of(value, figure) if column == "demand_persons" else _is_equal(value, figure)):
                where = f"{column} of {rows.loc[code, 'name']} ({code})"
                found.append(
                    Disagreement(view, where, f"{value:.6g}", f"{figure:.6g}", expected.file_of(name))
                )
    for column in sorted(_KINDS & set(rows)):
        figures = expected.kind_rate(column)
        for code, value in rows[column].astype(float).items():
            if not _is_equal(value, figures[code]):
                where = f"{column} of {rows.loc[code, 'name']} ({code})"
                found.append(Disagreement(view, where, f"{value:.6g}", f"{figures[code]:.6g}", "registers/"))
    return found + list(_written_otherwise(view, said))


def _is_equal(value: float, figure: float) -> bool:
    if pd.isna(value) or pd.isna(figure):
        return bool(pd.isna(value) and pd.isna(figure))
    return abs(value - figure) <= _RELATIVE * max(1.0, abs(figure))


def _is_whole_of(value: float, figure: float) -> bool:
    """Whether a whole number stands for a fraction: largest remainders move it by less than one."""
    return _is_equal(value, figure) or (value == round(value) and abs(value - figure) < 1)


def _written_otherwise(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield cells whose words tell another number than the cell holds."""
    for row in said["rows"]:
        for column, words in row["written"].items():
            number, value = re.search(NUMBER, words), row[column]
            if value is None or number is None:
                continue
            told, step = number_of(number[0], said["language"])
            held = value * 100 if "%" in words else value
            # Places are rounded up; a share is never rounded to nothing or to all.
            if abs(told - held) >= step:
                where = f"{column} of {row['name']} ({row['area_code']}), in words"
                yield Disagreement(view, where, words, f"{held:.6g}", "the table itself")


def check_view(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare all that a view says: sentences, table, classes, and of what was optimised what must hold."""
    found = check_sentences(view, said, expected) + check_table(view, said, expected)
    found += [
        *_unclassed(view, said),
        *_wrong_parts(view, said, expected),
        *_wrong_sums(view, said, expected),
    ]
    if "siting" in said:
        found += _wrong_sites(view, said, expected)
    if "effect" in said:
        found += _wrong_effect(view, said["effect"], expected)
    if "card" in said:
        found += _wrong_card(view, said, expected)
    if "other" in said:
        of_other = Expected(expected.raw, expected.question.of_other)
        found += check_view(f"{view}, the other", said["other"], of_other)
    return found


def _wrong_card(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield numbers of a printed card that are not so: people, services, reach, forecast, neighbours."""
    card, language = said["card"], said["language"]
    for section, (cells, figures) in card_figures(card, expected).items():
        for words, figure in zip(cells, figures, strict=True):
            number = re.search(NUMBER, words)
            if number is None and pd.isna(figure):
                continue
            value, step = number_of(number[0], language) if number else (float("nan"), 1.0)
            if not abs(value - figure) < step:
                yield Disagreement(
                    view, f"card, {section}", words, f"{figure:.6g}", expected.file_of("persons")
                )


def card_figures(card: dict, expected: Expected) -> dict[str, tuple[list[str], list[float]]]:
    """Return the numbers of each section of a card in words, and the figures in the same order."""
    code = expected.question.chosen
    people, ages = expected.at(year=0), (60, 65, 70, 75, 80, 85)
    residents = expected.raw.people.residents
    share = people.persons[code] / residents[residents.index.str.startswith(code)].sum()
    now, later = (
        expected.at(indicator="places_per_1000", year=0),
        [expected.at(year=year) for year in (2030, 2035, 2040)],
    )
    coverage = expected.at(indicator="coverage_share").coverage[code]
    return {
        "people": ([pair[1] for pair in card["people"]["pairs"]], [people.persons[code], 100 * share]),
        "people by age": (
            card["people"]["bands"]["rows"][0],
            [expected.at(year=0, age_from=age).persons[code] for age in ages],
        ),
        "services": (
            [pair[1] for pair in card["services"]["pairs"][:3]],
            [now.facilities[code], now.places[code], now.rate[code]],
        ),
        "reach": ([card["reach"]["pairs"][0][1]], [100 * coverage]),
        "forecast": (card["forecast"]["rows"][0][1:], [view.persons[code] for view in later]),
    }


def _wrong_sums(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield columns whose areas do not add up to the number of the scope: it is the same at every level."""
    rows = pd.DataFrame(said["rows"])
    sums = {"norm_missing_places": expected.shortfall, "places_to_keep_2035": lambda: expected.keep_2035}
    for column, figure in sums.items():
        if column not in rows or rows[column].isna().all():
            continue
        added, whole = rows[column].astype(float).sum(), float(figure())
        if added != whole:
            yield Disagreement(
                view, f"{column} of all areas", f"{added:g}", f"{whole:g}", expected.file_of("places")
            )


def _wrong_sites(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield what of a plan of sites breaks its limits, and numbers of its sentences that are not so."""
    sites = said["siting"]["sites"]
    most_sites, least, most = map(int, expected.question.siting.split("_")[:3])
    if not 0 < len(sites) <= most_sites:
        yield Disagreement(view, "sites of the plan", str(len(sites)), f"1 to {most_sites}", "the address")
    for site in sites:
        if not least <= site["places"] <= most:
            yield Disagreement(
                view, "places of a site", str(site["places"]), f"{least} to {most}", "the address"
            )
    with_sites = expected.with_sites(sites)
    for sentence in said["siting"]["sentences"]:
        yield from _of_sentence(view, sentence, said["language"], with_sites)
    if with_sites.closed <= 0:
        yield Disagreement(view, "what the sites close", "something", f"{with_sites.closed:g}", "the plan")


def _wrong_effect(view: str, effect: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield what a scenario is said to change, where it is not what the two states differ by."""
    today = expected.at(scenario="", indicator="gap_share")
    planned = expected.at(indicator="gap_share", norm=today.norm)
    told = {side: effect[side]["missing_places"] for side in ("before", "after")} | {
        "closed": effect["closed"]
    }
    worlds = {"before": today.missing_places, "after": planned.missing_places}
    worlds["closed"] = worlds["before"] - worlds["after"]
    for name, figure in worlds.items():
        if told[name]["estimate"] != figure:
            where = f"places missing, {name}"
            yield Disagreement(
                view, where, f"{told[name]['estimate']:g}", f"{figure:g}", expected.file_of("places")
            )


def _unclassed(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield classes of the legend that overlap, those of shares that are not the fixed ones, and values outside."""
    classes = [
        _ends(label, said["language"]) for label in said["legend"]["classes"] if re.search(NUMBER, label)
    ]
    if not classes:
        return
    legend = " ".join(said["legend"]["classes"])
    for (_, high), (low, _) in pairwise(classes):
        if low <= high:
            yield Disagreement(
                view, "classes of the legend", legend, f"{low:g} is not above {high:g}", "the legend"
            )
    if "%" in legend and classes != _SHARES:
        yield Disagreement(
            view, "classes of the legend", legend, f"the fixed ones {_SHARES}", "docs/method.md"
        )
    indicator = next((name for name in COLUMNS if said["columns"].get(name) and name in _CLASSED), "")
    for row in said["rows"]:
        number = re.search(NUMBER, row["written"].get(indicator, ""))
        if number is None:
            continue
        value, _ = number_of(number[0], said["language"])
        if value and sum(low <= value <= high for low, high in classes) != 1:
            yield Disagreement(view, f"class of {row['name']}", number[0], legend, "the legend")


def _ends(label: str, language: str) -> tuple[float, float]:
    """Return the lowest and the highest number of a class as it is printed; a class with words has no end."""
    numbers = [number_of(words, language)[0] for words in re.findall(NUMBER, label.replace("–", " "))]
    return numbers[0], float("inf") if re.search(r"[^\W\d_]", label) else numbers[-1]


def _wrong_parts(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """
    Yield what of an optimised answer cannot be: parts that are not all people, more served than there is room for.

    Persons and places of an area are whole numbers of its gminas, so each may be off by one a gmina.
    """
    rows = pd.DataFrame(said["rows"]).set_index("area_code")
    if "served_persons" not in rows:
        return
    gminas = (
        pd.Series(1, index=expected.home_area.groupby(expected.raw.homes["gmina_code"]).first())
        .groupby(level=0)
        .sum()
    )
    file = expected.file_of("places")
    for code, row in rows.iterrows():
        where = f"{row['name']} ({code})"
        parts = row[list(PARTS)].sum()
        if pd.notna(row["demand_persons"]) and parts != row["demand_persons"]:
            yield Disagreement(view, f"parts of {where}", f"{parts:g}", f"{row['demand_persons']:g}", file)
        for column, part in PARTS.items():
            figure = expected.gaps.loc[code, part]
            if abs(row[column] - figure) > gminas[code] + 0.5:
                yield Disagreement(view, f"{column} of {where}", f"{row[column]:g}", f"{figure:.6g}", file)
        places = expected.gaps.loc[code, "gap"] * expected.norm / 1000
        if pd.notna(row["missing_places"]) and abs(row["missing_places"] - places) > 1 + _RELATIVE:
            yield Disagreement(
                view, f"missing_places of {where}", f"{row['missing_places']:g}", f"{places:.6g}", file
            )
    missing = rows["missing_places"]
    if missing.notna().all() and missing.sum() != expected.missing_places:
        where = "missing_places of all areas"
        yield Disagreement(view, where, f"{missing.sum():g}", f"{expected.missing_places:g}", file)
    if rows["served_persons"].sum() > expected.served_most_here + len(expected.raw.country.gminas):
        yield Disagreement(
            view, "served_persons of all areas", f"{rows['served_persons'].sum():g}",
            f"at most {expected.served_most_here:g} by a greatest flow", file,
        )  # fmt: skip
