"""Names of the example: composed of words so that they sound Polish and no place of Poland bears them."""

import random
from collections.abc import Iterator

_FIRST = (
    "Cicho", "Jasno", "Złoto", "Biało", "Miło", "Dobro", "Szaro", "Modro", "Srebrno", "Ciepło", "Krasno", "Zielono",
    "Rudo", "Płowo", "Świeżo", "Szczero", "Wielo", "Czysto", "Gęsto", "Żyzno", "Rosno", "Wonno", "Lśnio", "Błękitno",
    "Wiosno", "Chmurno", "Wietrzno", "Głębo", "Piasko", "Bujno",
)  # fmt: skip
_SECOND = (
    "bór", "pole", "brzeg", "dąb", "las", "bród", "gród", "młyny", "staw", "zdrój", "jar", "łąg", "sad", "dwór", "most",
    "wody", "góra", "kamień", "lipie", "wrzosy", "brzozy", "łany", "niwa", "zatoka", "grądy",
)  # fmt: skip
_REAL = frozenset({
    "Jasnopole", "Złotopole", "Białopole", "Białobrzeg", "Białowody", "Białogóra", "Białogrądy", "Miłolas", "Dobropole",
    "Modropole", "Ciepłowody", "Krasnobród", "Krasnolipie", "Krasnołany", "Wielopole", "Wielogóra",
})  # fmt: skip
"""Compositions that the register of names (PRNG, 2021) knows: these places exist."""
STREETS = (
    "Lipowa", "Ogrodowa", "Szkolna", "Polna", "Łąkowa", "Kwiatowa", "Słoneczna", "Młyńska", "Rzeczna", "Parkowa",
    "Brzozowa", "Jasna", "Spokojna", "Cicha", "Zielona", "Długa", "Nowa", "Krótka", "Wesoła", "Stawowa",
)  # fmt: skip
TITLES = (
    "Pod Lipami", "Jutrzenka", "Zacisze", "Wrzos", "Bliżej", "Razem", "Spotkanie", "Nad Stawem", "Ganek", "Piąta Pora",
    "Sąsiedzi", "Złota Jesień", "Przystań", "Promień", "Nasz Dom", "Altana", "Dwa Brzegi", "Most", "Ścieżka", "Kalina",
)  # fmt: skip
OPERATORS = (
    "Fundacja Przykładowa", "Stowarzyszenie „Przykład”", "Fundacja „Wzór”", "Stowarzyszenie „Obok”",
    "Spółdzielnia socjalna „Próba”", "Fundacja „Na przykład”",
)  # fmt: skip


def place_names(chance: random.Random) -> Iterator[str]:
    """Give composed names in a drawn order, each once."""
    names = [first + second for first in _FIRST for second in _SECOND if first + second not in _REAL]
    chance.shuffle(names)
    return iter(names)


def adjective(name: str) -> str:
    """Return the adjective of a place as a powiat bears it: Cichobór → cichoborski."""
    return _with_ending(name.lower(), 0)


def locative(name: str) -> str:
    """Return where: Cichobór → Cichoborze, as in "w Cichoborze"."""
    return _with_ending(name, 1)


def _with_ending(name: str, which: int) -> str:
    for ending, instead in _ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending) + instead[which]
    raise ValueError(f"{name}: expected a name that ends in one of {', '.join(_ENDINGS)}")


_ENDINGS = {
    "bór": ("borski", "borze"),
    "pole": ("polski", "polu"),
    "brzeg": ("brzeski", "brzegu"),
    "dąb": ("dębski", "dębie"),
    "las": ("laski", "lesie"),
    "bród": ("brodzki", "brodzie"),
    "gród": ("grodzki", "grodzie"),
    "młyny": ("młyński", "młynach"),
    "staw": ("stawski", "stawie"),
    "zdrój": ("zdrojski", "zdroju"),
    "jar": ("jarski", "jarze"),
    "łąg": ("łąski", "łągu"),
    "sad": ("sadzki", "sadzie"),
    "dwór": ("dworski", "dworze"),
    "most": ("mostowski", "moście"),
    "wody": ("wodzki", "wodach"),
    "góra": ("górski", "górze"),
    "kamień": ("kamieński", "kamieniu"),
    "lipie": ("lipski", "lipiu"),
    "wrzosy": ("wrzoski", "wrzosach"),
    "brzozy": ("brzoski", "brzozach"),
    "łany": ("łański", "łanach"),
    "niwa": ("niwski", "niwie"),
    "zatoka": ("zatocki", "zatoce"),
    "grądy": ("grądzki", "grądach"),
}
"""Ending of a name → ending of its adjective, of its locative."""
