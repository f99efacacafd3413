"""All languages with the same keys, every key used, numbers and plural forms the way people write them."""

import ast
import re
import string
from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from data.store.names import polish_order
from data.vocabulary.languages import LANGUAGES
from layers.text import FOLDER, ON_DAY, PLURAL_FORMS, Texts, entries, texts_of

LAYERS = FOLDER.parent
FORMS_OF_LANGUAGE = {
    lang: {*Locale.parse(language.locale).plural_form.rules, "other"} for lang, language in LANGUAGES.items()
}
# Codes that the data give: their words are looked up by code, and a code without words is shown as it is.
CODES_OF_DATA = ("rejected.", "work_item.", "export_people_")


def _keys_in_code():
    """Return the literal keys that code and templates ask for with `t(...)`, patterns of composed ones, all texts."""
    literal, composed, mentioned = set(), set(), set()
    for path in LAYERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                mentioned.add(node.value)
            if isinstance(node, ast.JoinedStr):
                composed.add(_pattern(node))
            is_lookup = isinstance(node, ast.Call) and (
                (isinstance(node.func, ast.Attribute) and node.func.attr == "t")
                or (isinstance(node.func, ast.Name) and node.func.id == "t")
            )
            if is_lookup and node.args and isinstance(node.args[0], ast.Constant):
                literal.add(node.args[0].value)
    for path in LAYERS.rglob("*.html"):
        literal |= set(re.findall(r'\bt\("([a-z_.]+)"', path.read_text(encoding="utf-8")))
    return literal, composed, mentioned | literal


def _pattern(node):
    parts = [
        re.escape(part.value) if isinstance(part, ast.Constant) else r"[A-Za-z0-9_-]+" for part in node.values
    ]
    return "".join(parts)


def _placeholders(entry):
    """Give the names of the values that a text needs."""
    parts = [entry] if isinstance(entry, str) else list(entry.values())
    names = {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name is not None}
    return names if isinstance(entry, str) else names | {"count"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_have_the_same_keys_and_values(lang):
    polish, other = entries("pl"), entries(lang)
    assert list(other) == list(polish)
    different = [key for key in polish if _placeholders(polish[key]) != _placeholders(other[key])]
    assert different == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_texts_have_every_form_of_the_language(lang):
    for key, entry in entries(lang).items():
        if not isinstance(entry, str):
            assert set(entry) == FORMS_OF_LANGUAGE[lang], f"{key} in layers/text/{lang}"
            assert set(entry) <= PLURAL_FORMS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_untidy(lang):
    for key, entry in entries(lang).items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert text == text.strip() != "", key
            assert "  " not in text, key


def test_every_key_asked_for_exists():
    literal, _, _ = _keys_in_code()
    assert literal - set(entries("pl")) == set()
    assert literal


def test_every_key_is_used():
    literal, composed, mentioned = _keys_in_code()
    patterns = [re.compile(pattern) for pattern in composed if re.search(r"[a-z]{2}", pattern)]
    unused = [
        key
        for key in entries("pl")
        if (used := key.removesuffix(ON_DAY)) not in literal | mentioned
        and not key.startswith(CODES_OF_DATA)
        and not any(pattern.fullmatch(used) for pattern in patterns)
    ]
    assert unused == []


def test_no_machine_word_is_left_in_polish():
    for key, entry in entries("pl").items():
        text = entry if isinstance(entry, str) else " ".join(entry.values())
        words = re.sub(r"\{\w+\}", "", text)
        assert "_" not in words, key


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 placówek"),
        (1, "1 placówka"),
        (2, "2 placówki"),
        (5, "5 placówek"),
        (12, "12 placówek"),
        (22, "22 placówki"),
        (112, "112 placówek"),
        (1442, "1\u00a0442 placówki"),
        (1.5, "1,5 placówki"),
    ],
)
def test_polish_plural_forms(count, text):
    assert texts_of("pl").t("count.facilities", count=count) == text


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 заклад"), (3, "3 заклади"), (11, "11 закладів"), (21, "21 заклад")]
)
def test_ukrainian_plural_forms(count, text):
    assert texts_of("uk").t("count.facilities", count=count) == text


def test_numbers():
    texts = texts_of("pl")
    assert texts.number(1234567.891, decimals=2) == "1\u00a0234\u00a0567,89"
    assert texts.number(3.0, decimals=1) == "3,0"
    assert texts_of("en").number(1234.5, decimals=1) == "1,234.5"
    assert [texts.number(zero, decimals=1) for zero in (-0.0, 0.0)] == ["0,0", "0,0"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.0004, "0,04%"),
        (0.001, "0,1%"),
        (0.2496, "25,0%"),
        (0.5, "50,0%"),
        (0.996, "99,6%"),
        (0.9999, "99,99%"),
        (1, "100%"),
    ],
)
def test_nearly_all_is_not_all_and_nearly_none_is_not_none(share, text):
    assert texts_of("pl").percent(share) == text


@given(
    st.one_of(st.just(0.0), st.floats(1e-6, 1e6), st.floats(-1e6, -1e-6)),
    st.sampled_from(["", "least", "most", "unsure"]),
    st.sampled_from(list(LANGUAGES)),
)
def test_more_or_less_never_reads_as_no_change(value, bound, lang):
    """A loss of 8 places per 500,000 people is no "0,0"; what has a sign has a digit, what is nothing has neither."""
    said = texts_of(lang).change(value, bound=bound)
    is_nothing = value == 0
    assert said[0] in ("0" if is_nothing else "+" if value > 0 else "−")
    assert (said == "0") == is_nothing
    assert bool(re.search("[1-9]", said)) != is_nothing


def test_dates_are_as_exact_as_known():
    texts, day = texts_of("pl"), date(2026, 6, 30)
    assert texts.date(day) == "30 czerwca 2026"
    assert texts.date(day, precision="month") == "czerwiec 2026"
    assert texts.date(day, precision="year") == "2026"
    assert texts_of("en").date(day) == "30 June 2026"
    assert texts_of("uk").date(day).startswith("30 червня 2026")


def test_a_sentence_that_ends_in_a_date_ends_in_one_full_stop():
    said = texts_of("uk").t("lost.future", name="День", written="x", shown=date(2026, 6, 30))
    assert said.endswith("30 червня 2026\u202fр.")
    assert (
        texts_of("pl").t("lost.future", name="Dzień", written="x", shown=date(2026, 6, 30)).endswith("2026.")
    )


@pytest.mark.parametrize(
    ("metres", "text"),
    [(3, "50 m"), (120, "100 m"), (949, "950 m"), (950, "1,0 km"), (5800, "5,8 km"), (9951, "10 km")],
)
def test_distances(metres, text):
    assert texts_of("pl").distance(metres) == text


def test_polish_alphabet():
    names = ["Żory", "Zator", "Łódź", "Lublin", "Ćmielów", "Czersk", "Źródła", "łęg"]
    assert sorted(names, key=polish_order) == [
        "Czersk", "Ćmielów", "Lublin", "łęg", "Łódź", "Zator", "Źródła", "Żory",
    ]  # fmt: skip


def test_values_are_written_not_read():
    assert texts_of("pl").t("map.value", name="{name.__class__}", value="{0}") == "{name.__class__}: {0}"


def test_missing_values_are_refused():
    with pytest.raises(KeyError):
        texts_of("pl").t("map.value", name="x")
    with pytest.raises(KeyError, match=r"'no\.such\.key' in layers/text/pl, found none"):
        texts_of("pl").t("no.such.key")
    with pytest.raises(TypeError, match="None"):
        texts_of("pl").t("map.value", name="x", value=None)


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'xx'"):
        Texts("xx")


# "Today" in places and lists; what keeps it on an earlier day speaks of people, or of the calendar.
TODAY = re.compile(r"(?i)\b(?:dziś|dzisiejs\w*)")
OF_TODAY_ON_ANY_DAY = {
    "finder.now_title": "the finder has no other day",
    "finder.now_bed": "the finder has no other day",
    "gap.part_year": "people",
    "people.show_today": "a button that leads to today",
    "scenario.problem_locality_elsewhere": "areas",
    "export_title_places_today": "never said beside a day",
    "export_people_projected_gmina": "people",
    "choice.year_now": "people",
    "choice.year_now_short": "people",
    "choice.year_now_counted": "people",
    "choice.year_now_projected": "people",
    "method.year.text": "people",
    "area_card.people_now": "people",
    "area_card.people_today": "people",
    "explain.residents.what": "people",
    "explain.what.people_growth": "people",
    "explain.formula.demand_persons": "people",
    "explain.formula.people_growth": "people",
    "explain.formula.places_to_keep": "people; of places, {kept_when} says it",
    "explain.formula.places_to_keep_later": "people; of places, {kept_when} says it",
    "explain.filled.keep_falling": "people",
    "explain.missing.forecast": "people",
    "site.today": "the calendar, on a page that is of now alone",
    "site.opens_today": "the calendar, on a page that is of now alone",
}


def test_today_is_not_said_of_lists_of_an_earlier_day():
    """Every text that says today has another one for an earlier day, or says it of what is of today all the same."""
    told = {
        key
        for key, entry in entries("pl").items()
        for text in ([entry] if isinstance(entry, str) else entry.values())
        if TODAY.search(text)
        and f"{key}{ON_DAY}" not in entries("pl")
        and not key.startswith("export_column_people_growth")
    }
    assert told == set(OF_TODAY_ON_ANY_DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_of_an_earlier_day_replaces_a_text_and_names_the_day(lang):
    for key, entry in entries(lang).items():
        if not key.endswith(ON_DAY) or key == "export_title_lists_on_day":
            continue
        instead = entries(lang)[key.removesuffix(ON_DAY)]
        assert _placeholders(entry) - {"asked_day"} <= _placeholders(instead), key
        assert "asked_day" in _placeholders(entry) or key == "scenario.effect_known_on_day", key


def test_an_earlier_day_is_named_and_the_same_words_are_of_today_again():
    words = texts_of("pl", date(2025, 6, 30))
    assert words.t("part.when_today") == "30 czerwca 2025"
    assert words.t("choice.year_now") == "dziś"
    assert words.on_day(None).t("part.when_today") == "dziś"
