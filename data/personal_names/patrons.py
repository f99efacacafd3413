"""Names that are nobody's contact: of streets, patrons, foundations, popes."""

import re
from collections.abc import Sequence

from data.personal_names.tokens import Token, word_set

_BEFORE_ANY_CASE = word_set(
    "im imienia św święty błogosławiony bł pw wezwanie ul ulica al aleja aleje pl plac os osiedle oś rondo skwer "
    "bulwar most park patron pomnik przystanek pętla dworzec stacja róg zaułek wybrzeże estakada kopiec źródło "
    "wystawa epitafium"
)
"""A name after one of these, through titles and quotation marks, is a patron's in whatever case."""
_BEFORE_GENITIVE = word_set(
    "fundacja stowarzyszenie towarzystwo wspólnota zgromadzenie zakon szkoła liceum gimnazjum technikum "
    "przedszkole zespół uniwersytet akademia instytut szpital przychodnia hospicjum klinika parafia kościół kaplica "
    "sanktuarium bazylika klasztor muzeum biblioteka teatr kino sala skrzyżowanie przy centrum dzielnica "
    "rezerwat szlak dzień rok nagroda"
)
"""A name in the genitive after one of these is that of the institution or of the street."""
_BEFORE_GENITIVE_CAPITAL = word_set(
    "dom ośrodek schronisko noclegownia ogrzewalnia jadłodajnia brat siostra matka klub"
)
"""Likewise, but only as a part of a name: "Dom Jana Pawła", not "dom Jana Kowalskiego"."""
_TITLES = word_set(
    "gen generał ks ksiądz prof profesor dr doktor hab bp abp biskup arcybiskup kard kardynał marsz marszałek płk "
    "pułkownik kpt kapitan mjr major por rtm o ojciec br brat s siostra m matka król królowa książę księżna papież "
    "prezydent hetman inż lek sł sługa boży prymas rotmistrz porucznik hr hrabia świętego błogosławionego"
)
_QUOTES = frozenset("„”\"'«»“.")
_JOINTS = frozenset({",", "/", "-", "–", "i", "oraz", "lub", "albo", "a"})
_NUMERAL = re.compile(r"(?:II|III|IV|VI|VII|VIII|IX|XI{0,3}|XVI{0,3}|XXIII)\Z")
_LONGEST_WALK = 8


def is_patron(tokens: Sequence[Token], first: int, end: int, cases: frozenset[str]) -> bool:
    """
    Tell whether the name in `tokens[first:end]` is a patron's or a street's.

    Parameters
    ----------
    cases
        Cases in which its parts agree; one that can be a nominative is a patron's only after a word that says so.
    """
    is_genitive = "gen" in cases and "nom" not in cases
    if end < len(tokens) and _NUMERAL.match(tokens[end].text):
        return True
    return (is_genitive and _has_house_number(tokens, end)) or _follows_marker(
        tokens, first, is_genitive=is_genitive
    )


def _has_house_number(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a number of a house follows; a telephone is longer."""
    numbers = [token.text for token in tokens[end : end + 2]]
    is_number = bool(numbers) and numbers[0].isdigit() and len(numbers[0]) <= 3
    return is_number and not (len(numbers) > 1 and numbers[1].isdigit())


def _follows_marker(tokens: Sequence[Token], first: int, *, is_genitive: bool) -> bool:
    for place in range(first - 1, max(first - 1 - _LONGEST_WALK, -1), -1):
        token = tokens[place]
        if token.text in _QUOTES or token.is_initial:
            continue
        lemmas = token.lemmas
        if lemmas & _BEFORE_ANY_CASE:
            return True
        if is_genitive and (
            lemmas & _BEFORE_GENITIVE or (token.text[0].isupper() and lemmas & _BEFORE_GENITIVE_CAPITAL)
        ):
            return True
        if lemmas & _TITLES or (token.is_capitalised and token.word.first):
            continue
        is_passed = token.text in _JOINTS or token.is_capitalised or token.text.isdigit()
        if not (is_genitive and is_passed):
            return False
    return False
