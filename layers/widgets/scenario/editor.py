"""Making a scenario: the form for a change in a chosen gmina."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.scenarios import KINDS, Change, ScenarioError
from data.scenarios.changes import MOST_PLACES
from data.store.names import polish_order
from data.vocabulary import can_be_own, forms_for_group, has_door
from layers.answers.measures.profiles import is_for_group
from layers.text import Texts, texts_of
from layers.view.view import View
from layers.widgets.address import current_view
from layers.widgets.plain import plain
from layers.widgets.scenario.edit import add_changes, note_outcome
from layers.words.area_names import names_beside
from layers.words.scenario_words import ScenarioWords, error_words

STYLE = Path(__file__).with_name("scenario.css")
_AREA_DIGITS: Final = (6, 4, 2)


def show_editor(registry: Registry, view: View, area_code: str, words: ScenarioWords) -> None:
    """
    Draw the form for a change in a gmina.

    Parameters
    ----------
    registry
        The registry of today: what the scenario opened cannot be closed again, only taken off the list.
    area_code
        The chosen area; of a powiat or voivodeship, a box asks for the gmina.
    """
    texts = words.texts
    with st.container(border=True, key="scenario_form"):
        st.subheader(plain(texts.t("scenario.add")), anchor=False)
        if not area_code:
            st.markdown(plain(texts.t("scenario.choose_gmina")))
            return
        gmina = _gmina_in(registry, area_code, texts)
        st.markdown(plain(texts.t("scenario.in_gmina", gmina=words.area(gmina))))
        facilities = _facilities(registry, view, gmina)
        kinds = [kind for kind in KINDS if _is_offered(kind, view, facilities=facilities)]
        if facilities.empty:
            st.markdown(plain(texts.t("scenario.no_facilities", form=words.form(view.form))))
        if not kinds:
            return
        kind = st.radio(
            texts.t("scenario.what"),
            kinds,
            format_func=lambda kind: texts.t(f"scenario.kind_{kind}"),
            key="scenario_kind",
        )
        fields: dict[str, Callable[[], None]] = {
            "open": partial(_show_open, registry, view, gmina, words),
            "close": partial(_show_facility, "close", facilities, view, gmina, words),
            "enlarge": partial(_show_facility, "enlarge", facilities, view, gmina, words),
            "move": partial(_show_move, registry, facilities, view, gmina, words),
            "start_area_service": partial(_show_start, view, gmina, words),
            "admit": partial(_show_admit, registry, view, gmina, words),
        }
        fields[str(kind)]()


def _add(kind: str, gmina: str, form: str) -> None:
    """Make a change of what the form holds; read now, since a number is typed and the button pressed at once."""
    state = st.session_state
    fields: dict[str, Any] = {"kind": kind}
    if kind == "open":
        fields |= {"support_form": state["scenario_open_form"], "places": state["scenario_places"]}
        fields |= _spot(state[f"scenario_locality_{gmina}"], gmina)
    elif kind == "admit":
        fields |= {"support_form": form, "gmina_code": gmina}
        fields["area_codes"] = (state[f"scenario_admitted_{gmina}"],)
    elif kind == "start_area_service":
        fields |= {"support_form": state["scenario_area_form"], "places": state["scenario_places"]}
        fields["area_codes"] = (state[f"scenario_area_{gmina}"],)
    else:
        facility, is_alone = state[f"scenario_facility_{gmina}"]
        fields["facility"] = facility
        if kind == "enlarge":
            fields |= {"support_form": form, "places": state["scenario_places"]}
        elif kind == "close" and not is_alone and not state.get("scenario_whole", False):
            fields["support_form"] = form
        elif kind == "move":
            target = state["scenario_target"]
            fields |= _spot(state[f"scenario_locality_{target}"], target)
    try:
        change = Change(**fields)
    except ScenarioError as error:
        note_outcome(error_words(error, texts_of(current_view().lang)), is_good=False)
        return
    add_changes([change])


def _spot(place: str | tuple[float, float], gmina: str) -> dict[str, Any]:
    """Return the fields of a place: the key of a locality, or degrees where a gmina has none."""
    if isinstance(place, str):
        return {"gmina_code": gmina, "locality_key": place}
    return {"gmina_code": gmina, "longitude": place[0], "latitude": place[1]}


def _gmina_in(registry: Registry, area_code: str, texts: Texts) -> str:
    """Return the chosen gmina, asked for when a larger area is chosen."""
    if len(area_code) == 6:
        return area_code
    gminas = registry.areas_of_level("gmina")
    here = gminas[gminas["area_code"].str.startswith(area_code)]
    return str(_gmina_box(here, texts, key=f"scenario_gmina_{area_code}"))


def _gmina_box(gminas: pd.DataFrame, texts: Texts, *, key: str, chosen: str = "", label: str = "") -> str:
    apart = names_beside(gminas.set_index("area_code"), texts)
    names = {
        code: texts.t("scenario.gmina_in", name=apart[code], powiat=powiat)
        for code, powiat in zip(gminas["area_code"], gminas["powiat_name"], strict=True)
    }
    codes = sorted(names, key=lambda code: polish_order(names[code]))
    asked: str = st.selectbox(
        label or texts.t("scenario.field_gmina_code"),
        codes,
        index=codes.index(chosen) if chosen in codes else 0,
        format_func=names.__getitem__,
        key=key,
    )
    return asked


def _facilities(registry: Registry, view: View, gmina: str) -> pd.DataFrame:
    """Return the counted services of the view's form in a gmina that a scenario can name."""
    services: pd.DataFrame = registry.services
    return services[
        services["is_counted"]
        & (services["support_form"] == view.form)
        & services["gmina_code"].eq(gmina)
        & services["facility_handle"].notna()
        & is_for_group(services, view.group)
    ]


def _is_offered(kind: str, view: View, *, facilities: pd.DataFrame) -> bool:
    """Tell whether a kind of change can be made there: there must be something to close, move, enlarge or admit to."""
    forms = forms_for_group(view.group)
    if kind == "open":
        return any(has_door(form) for form in forms)
    if kind == "admit":
        return can_be_own(view.form) and not facilities.empty
    if kind == "start_area_service":
        return not all(has_door(form) for form in forms)
    return not facilities.empty


def _show_open(registry: Registry, view: View, gmina: str, words: ScenarioWords) -> None:
    forms = [form for form in forms_for_group(view.group) if has_door(form)]
    form = _form_box(forms, view.form, words, key="scenario_open_form")
    _locality_box(registry, gmina, words.texts)
    _places_box(form, words)
    _button("open", gmina, form, words.texts)


def _show_start(view: View, gmina: str, words: ScenarioWords) -> None:
    texts = words.texts
    forms = [form for form in forms_for_group(view.group) if not has_door(form)]
    form = _form_box(forms, view.form, words, key="scenario_area_form")
    areas = list(dict.fromkeys(gmina[:digits] for digits in _AREA_DIGITS))
    st.selectbox(
        texts.t("scenario.field_area_codes"), areas, format_func=words.area, key=f"scenario_area_{gmina}"
    )
    _places_box(form, words)
    _button("start_area_service", gmina, form, texts)


def _show_facility(kind: str, facilities: pd.DataFrame, view: View, gmina: str, words: ScenarioWords) -> None:
    facility, is_alone = _facility_box(facilities, view, gmina, words)
    if kind == "close" and not is_alone:
        st.checkbox(words.texts.t("scenario.whole_facility"), key="scenario_whole")
    if kind == "enlarge":
        now = words.places_of(facility, view.form)
        said = words.texts.t("scenario.unknown") if now is None else str(now)
        st.markdown(
            plain(words.texts.t("scenario.places_now", capacity=words.capacity(view.form), value=said))
        )
        _places_box(view.form, words)
    _button(kind, gmina, view.form, words.texts)


def _show_move(
    registry: Registry, facilities: pd.DataFrame, view: View, gmina: str, words: ScenarioWords
) -> None:
    _facility_box(facilities, view, gmina, words)
    gminas = registry.areas_of_level("gmina")
    near = gminas[gminas["voivodeship_code"] == gmina[:2]]
    target = _gmina_box(near, words.texts, key="scenario_target", chosen=gmina)
    _locality_box(registry, target, words.texts)
    _button("move", gmina, view.form, words.texts)


def _facility_box(facilities: pd.DataFrame, view: View, gmina: str, words: ScenarioWords) -> tuple[str, bool]:
    """Ask for a facility; return its handle, and whether the form is all that it offers."""
    services = words.registry.services
    handles = list(dict.fromkeys(facilities["facility_handle"]))
    here = services[services["facility_handle"].isin(handles)]
    forms = here.groupby("facility_handle")["support_form"].nunique()
    asked: tuple[str, bool] = st.selectbox(
        words.texts.t("scenario.field_facility"),
        [(handle, bool(forms[handle] == 1)) for handle in handles],
        format_func=lambda option: words.texts.t(
            "scenario.facility_places",
            name=words.facility(option[0]),
            places=words.places(words.places_of(option[0], view.form), view.form),
        ),
        key=f"scenario_facility_{gmina}",
    )
    return asked


def _form_box(forms: list[str], chosen: str, words: ScenarioWords, *, key: str) -> str:
    return st.selectbox(
        words.texts.t("choice.form"),
        forms,
        index=forms.index(chosen) if chosen in forms else 0,
        format_func=words.form,
        key=key,
    )


def _show_admit(registry: Registry, view: View, gmina: str, words: ScenarioWords) -> None:
    """Ask whose residents the facilities of a gmina take in."""
    texts, gminas = words.texts, registry.areas_of_level("gmina")
    others = gminas[gminas["area_code"].str.startswith(gmina[:2]) & gminas["area_code"].ne(gmina)]
    st.caption(plain(texts.t("scenario.admit_help")))
    _gmina_box(others, texts, key=f"scenario_admitted_{gmina}", label=texts.t("scenario.admit_from"))
    _button("admit", gmina, view.form, texts)


def _locality_box(registry: Registry, gmina: str, texts: Texts) -> None:
    """Ask for a locality of a gmina, the largest first; a gmina without any has its middle."""
    localities = registry.localities[registry.localities["gmina_code"] == gmina]
    people = localities["population_persons"].astype("Float64").fillna(0).astype(float)
    keys = localities["locality_key"].astype(str)
    names = {
        key: texts.t("scenario.locality", name=name, kind=kind)
        for key, name, kind in zip(keys, localities["name"], localities["kind"], strict=True)
    }
    size = dict(zip(keys, people, strict=True))
    options: list[Any] = sorted(names, key=lambda key: (-size[key], polish_order(names[key])))
    if not options:
        areas = registry.areas
        middle = areas.loc[areas["area_code"] == gmina, "label_point"].iloc[0]
        options = [(round(middle.x, 5), round(middle.y, 5))]
    st.selectbox(
        texts.t("scenario.field_locality_key"),
        options,
        format_func=lambda key: names.get(key, texts.t("scenario.middle")),
        key=f"scenario_locality_{gmina}",
    )


def _places_box(form: str, words: ScenarioWords) -> None:
    st.number_input(
        words.texts.t("scenario.field_places_of", capacity=words.capacity(form)),
        min_value=1,
        max_value=MOST_PLACES,
        value=None,
        step=1,
        placeholder=words.texts.t("scenario.unknown"),
        key="scenario_places",
    )


def _button(kind: str, gmina: str, form: str, texts: Texts) -> None:
    st.button(
        texts.t(f"scenario.add_{kind}"),
        on_click=_add,
        args=(kind, gmina, form),
        type="primary",
        key="scenario_add",
    )
