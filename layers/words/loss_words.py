"""What an address or a choice asked for and is not shown, in sentences; untrusted text is plain and cut."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from data.registry.registry import Registry
from data.store.plain_text import plain_text
from data.vocabulary import need_groups, screen_groups, support_forms
from data.vocabulary.languages import LANGUAGES
from geo.teryt import ALL_VOIVODESHIPS, CODE_DIGITS, COUNTRY
from layers.indicators import INDICATORS
from layers.indicators.indicator import FORM, LEVELS
from layers.text import Texts
from layers.view.class_limits import ClassLimits
from layers.view.offered import AGES, DETOURS_PCT, DISTANCES_KM, METHODS, MINUTES, TRAVELS, YEARS
from layers.view.reading import LONGEST_WRITTEN, Loss
from layers.view.view import View
from layers.words.area_names import names_of_level
from layers.words.figures import indicator_name, write_limits
from layers.words.form_words import use_authority

_NO_AREAS: Final[Mapping[str, str]] = MappingProxyType({})
_MOST_NAMES: Final = 5
_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE: Final = frozenset({"area", "wide", "former", "kind", "early_day", "early_since", "future"})
"""Reasons whose sentence is the same whether anything is shown instead or not."""


def loss_lines(
    losses: Iterable[Loss], view: View, texts: Texts, *, areas: Mapping[str, str] = _NO_AREAS
) -> list[str]:
    """
    Return one sentence for each loss: what was asked for, why it is not shown, and what is shown instead.

    Parameters
    ----------
    areas
        Code → name of the areas that losses name (`names_of_lost`); another one is told by its code. `scope:00` is the
        name of all areas together, where they are not Poland.
    """
    return [_line(loss, view, texts, areas) for loss in losses]


def several_lost(losses: Iterable[Loss], texts: Texts) -> str:
    """Return how many things are lost and the names of the first ones, for one line."""
    names = [texts.t(f"lost.name_{loss.parameter}") for loss in losses]
    more = ["…"] if len(names) > _MOST_NAMES else []
    return texts.t("lost.several", count=len(names), names=", ".join([*names[:_MOST_NAMES], *more]))


def names_of_lost(losses: Iterable[Loss], registry: Registry, texts: Texts) -> dict[str, str]:
    """Return the names of the areas whose card was asked for."""
    codes = {loss.written for loss in losses if loss.parameter == "chosen"}
    levels = [level for level, digits in CODE_DIGITS.items() if digits in {len(code) for code in codes}]
    names = {code: name for level in levels for code, name in names_of_level(registry, level, texts).items()}
    told = {code: names.get(registry.together.code_of(code)) for code in codes}
    return {code: plain_text(name) for code, name in told.items() if name}


def _line(loss: Loss, view: View, texts: Texts, areas: Mapping[str, str]) -> str:
    form = support_forms()[view.form]
    name = form.name[texts.lang]
    written = areas.get(loss.written) or _written(loss, texts)
    values = {
        "name": texts.t(f"lost.name_{loss.parameter}"),
        "written": written,
        "shown": _shown(loss, view, texts, areas),
        "group": need_groups()[view.group].name[texts.lang],
        "form": name[:1].upper() + name[1:],
        "authority": use_authority(view.form, texts),
        "year": str(view.year),
    }
    return texts.t(_key(loss, is_empty=not written), **values)


def _written(loss: Loss, texts: Texts) -> str:
    """Return what was asked for; a target of nothing is no target, though inside 0 stands for the median."""
    is_nothing = loss.parameter == "norm" and _DECIMAL.fullmatch(loss.written) and not float(loss.written)
    if is_nothing:
        return texts.t("lost.norm_of", norm=texts.number(0))
    return value_words(loss.parameter, loss.written, texts)


def _shown(loss: Loss, view: View, texts: Texts, areas: Mapping[str, str]) -> str:
    """
    Return what is shown instead.

    Without its form or its scope a link may open what the whole country opens with, which is of no form or of another
    number and age: that is what is shown, and not the form that stands in the view unseen.
    """
    words = areas.get(f"{loss.parameter}:{loss.shown}") or value_words(loss.parameter, loss.shown, texts)
    is_opened = view.question.is_first and view.indicator != View.indicator
    is_unseen = loss.parameter == "form" and FORM not in view.what.choices
    if not loss.shown or not (is_unseen or (is_opened and loss.parameter in {"form", "scope"})):
        return words
    name = indicator_name(view.indicator, texts)
    if view.group == "older" and view.what.has_people:
        name = f"{name} ({texts.t('choice.age_of', age=view.age_from)})"
    return name if is_unseen else f"{words}; {name}"


def _key(loss: Loss, *, is_empty: bool) -> str:
    if loss.reason == "former":
        return f"former.{loss.written}"
    if loss.reason == "unreadable" and loss.parameter in {"scenario", "other_scenario"} and not is_empty:
        return "lost.cut_scenario"
    # Some numbers of it are read, others are not.
    is_part = loss.reason == "unreadable" and bool(loss.written) and loss.written == loss.shown
    reason = "unreadable_part" if is_part else "empty" if is_empty else loss.reason
    return f"lost.{reason}" if loss.shown or is_part or reason in _WHOLE else f"lost.{reason}_none"


def value_words(parameter: str, value: str, texts: Texts) -> str:
    """Return what the text of a parameter means, or the text itself, plain and cut, when it means nothing."""
    if parameter in {"own", "is_estimate", "needs"}:
        words = _YES_OR_NO.get(value)
        words = texts.t(words) if words else None
    elif parameter in _WORDS:
        words = _WORDS[parameter](value, texts)
    else:
        words = _listed(parameter, texts).get(value)
    if words is not None:
        return words
    shown = plain_text(value[: LONGEST_WRITTEN + 1])
    return shown if len(shown) <= LONGEST_WRITTEN else f"{shown[:LONGEST_WRITTEN]}…"


def _languages() -> dict[str, str]:
    """Return what languages call themselves within a sentence: only English has a capital letter there."""
    return {
        code: language.name if code == "en" else language.name.lower() for code, language in LANGUAGES.items()
    }


def _listed(parameter: str, texts: Texts) -> dict[str, str]:
    """Return the words of each value of a parameter that has a list of them."""
    listed: dict[str, Callable[[], dict[str, str]]] = {
        "lang": _languages,
        "scope": lambda: {**ALL_VOIVODESHIPS, COUNTRY: texts.t("choice.country")},
        "level": lambda: {level: texts.t(f"level.{level}") for level in LEVELS},
        "group": lambda: {group: need_groups()[group].name[texts.lang] for group in screen_groups()},
        "costs_group": lambda: {
            "": texts.t("costs.all_groups"),
            **{group: need_groups()[group].name[texts.lang] for group in screen_groups()},
        },
        "form": lambda: {code: form.name[texts.lang] for code, form in support_forms().items()},
        "indicator": lambda: {code: indicator_name(code, texts) for code in INDICATORS},
        "distance_km": lambda: {str(km): texts.t("distance.kilometres", value=km) for km in DISTANCES_KM},
        "travel": lambda: {travel: texts.t(f"travel.{travel}") for travel in TRAVELS},
        "minutes": lambda: {str(count): texts.t("choice.minutes_of", count=count) for count in MINUTES},
        "detour_pct": lambda: {str(pct): _detour(pct, texts) for pct in DETOURS_PCT},
        "age_from": lambda: {str(age): texts.t("choice.age_of", age=age) for age in AGES},
        "method": lambda: {method: texts.t(f"method_of_access.{method}") for method in METHODS},
        "year": lambda: {str(year): str(year) if year else texts.t("choice.year_now") for year in YEARS},
    }
    return listed[parameter]() if parameter in listed else {}


def _detour(pct: int, texts: Texts) -> str:
    if pct == View.detour_pct:
        return texts.t("choice.detour_none")
    return texts.t("choice.detour_of", factor=pct / 100)


def _forms(value: str, texts: Texts) -> str | None:
    names = [
        form.name[texts.lang] if (form := support_forms().get(code)) else "" for code in value.split(".")
    ]
    return ", ".join(names) if all(names) else None


def _norm(value: str, texts: Texts) -> str | None:
    """
    Return a target with its unit and the decimal sign of the language, as far as it was written.

    None where it is not written as a number: Python reads more than an address may say, such as `٣` and `1_0`.
    """
    if not _DECIMAL.fullmatch(value):
        return None
    number = float(value)
    if not number:
        return texts.t("choice.norm_default")
    decimals = min(len(value.partition(".")[2].rstrip("0")), 9)
    return texts.t("lost.norm_of", norm=texts.number(number, decimals=decimals))


def _day_or(none: str) -> Callable[[str, Texts], str | None]:
    """Return how a day is told, and the key of what is said when there is none."""

    def words(value: str, texts: Texts) -> str | None:
        if not value:
            return texts.t(none)
        try:
            return texts.date(date.fromisoformat(value))
        except ValueError:
            return None

    return words


def _classes(value: str, texts: Texts) -> str | None:
    limits = ClassLimits.from_address(value)
    return write_limits(limits, texts) if limits else None


def _other(value: str, texts: Texts) -> str | None:
    """Return what a second map shows, in the words of its list."""
    kind, rest = value[:1], value[1:]
    if kind == "y" and rest in map(str, YEARS):
        year = rest if int(rest) else texts.t("choice.year_now")
        return texts.t("compare.of_year", value=year)
    if kind == "s" and (scope := {**ALL_VOIVODESHIPS, COUNTRY: texts.t("choice.country")}.get(rest)):
        return texts.t("compare.of_scope", value=scope)
    if kind == "d" and (day := _day_or("choice.day_none")(rest, texts)) and rest:
        return texts.t("compare.of_day", value=day)
    return texts.t("compare.with_scenario") if value == "c" else None


_YES_OR_NO: Final = {"True": "export_yes", "1": "export_yes", "False": "export_no", "0": "export_no"}
_WORDS: Final[Mapping[str, Callable[[str, Texts], str | None]]] = MappingProxyType(
    {
        "forms": _forms,
        "norm": _norm,
        "day": _day_or("choice.day_none"),
        "since": _day_or("lost.since_none"),
        "classes": _classes,
        "other": _other,
    }
)
