"""What an address or a choice asked for and is not shown, in sentences; untrusted text is plain and cut."""

from collections.abc import Iterable

from data.export.plain import plain_text
from data.registry import COUNTRY
from data.vocabulary import need_groups, screen_groups, support_forms
from geo.teryt import ALL_VOIVODESHIPS
from layers.figures import indicator_name
from layers.indicators import INDICATORS, LEVELS
from layers.state import AGES, DISTANCES_KM, YEARS, View
from layers.text import LANGUAGE_NAMES, Texts
from layers.view_reading import LONGEST_WRITTEN, Loss


def loss_lines(losses: Iterable[Loss], view: View, texts: Texts) -> list[str]:
    """Return one sentence for each loss: what was asked for, why it is not shown, and what is shown instead."""
    return [_line(loss, view, texts) for loss in losses]


def _line(loss: Loss, view: View, texts: Texts) -> str:
    form = support_forms()[view.form]
    name = form.name[texts.lang]
    values = {
        "name": texts.t(f"lost.name_{loss.parameter}"),
        "written": value_words(loss.parameter, loss.written, texts),
        "shown": value_words(loss.parameter, loss.shown, texts),
        "group": need_groups()[view.group].name[texts.lang],
        "form": name[:1].upper() + name[1:],
        "authority": form.use_authority,
        "year": str(view.year),
    }
    key = (
        f"lost.{loss.reason}" if loss.shown or loss.reason in {"area", "wide"} else f"lost.{loss.reason}_none"
    )
    if loss.reason == "unreadable" and loss.written == loss.shown:
        # Some numbers of it are read, others are not.
        key = "lost.unreadable_part"
    return texts.t(key, **values)


def value_words(parameter: str, value: str, texts: Texts) -> str:
    """Return what the text of a parameter means, or the text itself, plain and cut, when it means nothing."""
    known = {
        "lang": dict(LANGUAGE_NAMES),
        "scope": {**ALL_VOIVODESHIPS, COUNTRY: texts.t("choice.country")},
        "level": {level: texts.t(f"level.{level}") for level in LEVELS},
        "group": {group: need_groups()[group].name[texts.lang] for group in screen_groups()},
        "form": {code: form.name[texts.lang] for code, form in support_forms().items()},
        "indicator": {code: indicator_name(code, texts) for code in INDICATORS},
        "distance_km": {str(km): texts.t("distance.kilometres", value=km) for km in DISTANCES_KM},
        "age_from": {str(age): texts.t("choice.age_of", age=age) for age in AGES},
        "year": {str(year): str(year) if year else texts.t("choice.year_now") for year in YEARS},
        "norm": {"0.0": texts.t("choice.norm_default")},
        "own": {"True": texts.t("export_yes"), "False": texts.t("export_no")},
        "is_estimate": {"True": texts.t("export_yes"), "False": texts.t("export_no")},
    }
    if parameter == "forms":
        parts = [known["form"].get(code) for code in value.split(".")]
        if all(parts):
            return ", ".join(part for part in parts if part)
    words = known.get(parameter, {}).get(value)
    if words is not None:
        return words
    shown = plain_text(value[: LONGEST_WRITTEN + 1])
    return shown if len(shown) <= LONGEST_WRITTEN else f"{shown[:LONGEST_WRITTEN]}…"
