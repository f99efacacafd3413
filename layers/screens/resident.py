"""The resident's door: help near a place, as a list and a map of equal worth."""

from dataclasses import replace
from datetime import date, datetime

import geopandas as gpd
import streamlit as st

from data.places.coarse_places import is_town
from data.places.place_search import Place
from data.registry.registry import Registry
from layers.answers.nearby import GMINA, Beyond, NearbyHelp, find_help
from layers.cache.shared_answers import open_registry
from layers.text import Texts, texts_of
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.choices import (
    form_name,
    group_name,
    show_distance_buttons,
    show_form_buttons,
    show_group_buttons,
)
from layers.widgets.clock import polish_now
from layers.widgets.drawing import at_once
from layers.widgets.filters import show_filters
from layers.widgets.office import show_office
from layers.widgets.place_box import choose_place
from layers.widgets.plain import plain
from layers.widgets.resident_map import show_resident_map
from layers.widgets.service_card import show_services
from layers.words.service_words import shared_points

PAGE_OF_LIST = 15
_SHOWN = "resident_shown"


@at_once
def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang)
    registry = open_registry()
    st.title(plain(texts.t("page.resident")), anchor=False)
    place = choose_place(registry, view, texts)
    group_column, distance_column = st.columns(2, gap="medium")
    with group_column:
        show_group_buttons(view, texts)
    with distance_column:
        show_distance_buttons(view, texts)
    _show_forms(registry, view, place, texts)
    if place is None:
        return
    now = polish_now()
    found = find_help(
        registry, place, group=view.group, forms=view.forms, distance_km=view.distance_km, now=now
    )
    list_column, map_column = st.columns([45, 55], gap="medium")
    with list_column:
        shown = _show_list(found, registry, view, place, texts, now=now)
    with map_column:
        st.header(plain(texts.t("resident.map")), anchor="mapa")
        show_resident_map(replace(found, near=shown), registry, view, place, texts)


def _show_forms(registry: Registry, view: View, place: Place | None, texts: Texts) -> None:
    """Draw the forms; once a place is chosen they step aside, so that the answer is seen without scrolling."""
    if place is None:
        show_form_buttons(registry, view, texts)
        return
    with st.expander(texts.t("choice.forms"), key="forms_aside"):
        show_form_buttons(registry, view, texts, is_label_shown=False)
    if view.forms:
        chosen = ", ".join(form_name(form, texts) for form in view.forms)
        st.markdown(plain(texts.t("resident.chosen_forms", forms=chosen)))


def _show_list(
    found: NearbyHelp, registry: Registry, view: View, place: Place, texts: Texts, *, now: datetime
) -> gpd.GeoDataFrame:
    """Draw the list; return the services near that it shows, for the map to show the same."""
    distance = texts.t("distance.kilometres", value=view.distance_km)
    middle = texts.t(f"resident.middle_{place.middle}")
    st.header(plain(found_words(found, distance, middle, texts)), anchor=False)
    _show_beyond(found, distance, middle, texts)
    st.caption(plain(measured_words(registry, place, texts)))
    with st.container(key="to_map"):
        st.markdown(f"[{plain(texts.t('resident.to_map'))}](#mapa)")
    near, today = show_filters(found.near, texts), now.date()
    if found.near.empty:
        _show_nothing_near(found, view, place, texts)
    else:
        if near["is_open"].notna().any():
            st.caption(plain(texts.t("filter.clock", time=f"{now.hour}:{now.minute:02}")))
        if near["is_holiday_untold"].any():
            st.caption(plain(texts.t("filter.holiday")))
        _show_nearest(near, registry, view, texts, today=today)

    if not found.somewhere.empty:
        st.header(plain(texts.t("coarse.resident")), anchor=False)
        show_services(found.somewhere, registry, texts, key="somewhere", today=today)

    st.header(plain(texts.t("resident.area")), anchor=False)
    if found.area.empty:
        st.markdown(plain(texts.t("resident.area_none")))
    else:
        show_services(found.area, registry, texts, key="area", today=today)

    st.header(plain(texts.t("resident.centre")), anchor=False)
    _show_centres(found, registry, place, texts, today=today)
    return near


def found_words(found: NearbyHelp, distance: str, middle: str, texts: Texts) -> str:
    """
    Return how many services were found, and of how many of them there is only evidence.

    Where none is near, what the person's own town or gmina has farther away: nobody is told of nothing who lives in
    a town with help. `middle` says from where the distance is measured.
    """
    if found.near.empty and found.beyond is not None:
        key = f"resident.only_beyond_{found.beyond.kind}"
        return _beyond_words(key, found.beyond, distance, middle, texts)
    if found.near.empty:
        key = "resident.found_none" if found.area.empty else "resident.found_none_but_area"
        return texts.t(key, distance=distance)
    return _among(_found_words(found, distance, texts), int(found.near["is_unconfirmed"].sum()), texts)


def measured_words(registry: Registry, place: Place, texts: Texts) -> str:
    """Return from where distances are measured, and of a gmina with villages how they are from one's own."""
    said = texts.t("resident.measured", middle=texts.t(f"resident.middle_{place.middle}"), place=place.name)
    gminas = registry.own_gminas.areas_by_code("gmina")
    if place.kind != "gmina" or is_town(place.gmina_code, gminas):
        return said
    return f"{said} {texts.t('resident.measured_own')}"


def _among(said: str, unconfirmed: int, texts: Texts) -> str:
    return texts.t("origin.among", found=said, count=unconfirmed) if unconfirmed else said


def _beyond_words(key: str, beyond: Beyond, distance: str, middle: str, texts: Texts) -> str:
    said = texts.t(key, count=beyond.count, distance=distance, middle=middle)
    return _among(said, beyond.unconfirmed, texts)


def _found_words(found: NearbyHelp, distance: str, texts: Texts) -> str:
    """Return how many services were found: within the distance, and in the own town, where no distance is known."""
    own = found.near[found.near["same_place"] != ""]
    count = len(found.near) - len(own)
    near = texts.t("resident.found", count=count, distance=distance)
    if own.empty:
        return near
    kinds = own["same_place"].unique()
    kind = kinds[0] if len(kinds) == 1 else GMINA
    said = texts.t(f"coarse.own_{kind}", count=len(own))
    return texts.t("coarse.own_and_near", own=said, near=near) if count else said


def _show_centres(found: NearbyHelp, registry: Registry, place: Place, texts: Texts, *, today: date) -> None:
    """Draw where to apply: the powiat's centre for the chosen forms that ask for it, the gmina's for all others."""
    if (of_powiat := found.powiat_centre) is not None:
        said = "resident.powiat_centre_unknown" if of_powiat.empty else "resident.powiat_centre_known"
        st.markdown(plain(texts.t(said, powiat=place.powiat_name)))
        show_services(of_powiat, registry, texts, key="powiat_centre", today=today)
        if not _has_phone(of_powiat):
            show_office(registry, place.gmina_code[:4], texts, key="powiat_office")
    if (centres := found.support_centre) is not None:
        said = ("resident.centre_unknown", "resident.centre_known", "resident.centres_known")[
            min(len(centres), 2)
        ]
        st.markdown(plain(texts.t(said, gmina=place.gmina_name)))
        show_services(centres, registry, texts, key="centre", today=today)
        if not _has_phone(centres):
            show_office(registry, place.gmina_code, texts, key="office")


def _has_phone(centres: gpd.GeoDataFrame) -> bool:
    return bool(centres["phones"].map(bool).any())


def _show_nearest(
    near: gpd.GeoDataFrame, registry: Registry, view: View, texts: Texts, *, today: date
) -> None:
    # The length asked for belongs to one list: another place or choice starts from the short one again.
    list_of, shown = st.session_state.get(_SHOWN, (view, PAGE_OF_LIST))
    shown = shown if list_of == view else PAGE_OF_LIST
    if own := int((near["same_place"] != "").sum()):
        st.caption(plain(texts.t("coarse.own_unsorted", count=own)))
    if shared := shared_points(near):
        st.caption(plain(texts.t("resident.same_point", count=shared)))
    show_services(near.head(shown), registry, texts, key="near", today=today)
    left = len(near) - shown
    if left > 0:
        st.button(
            texts.t("resident.more", count=min(left, PAGE_OF_LIST)),
            on_click=_show_more,
            args=(view, shown + PAGE_OF_LIST),
            key="resident_more",
        )


def _show_more(view: View, shown: int) -> None:
    st.session_state[_SHOWN] = (view, shown)


def _show_beyond(found: NearbyHelp, distance: str, middle: str, texts: Texts) -> None:
    """Offer to look at all of the town or gmina, and say how much of it is farther where the heading does not."""
    if (beyond := found.beyond) is None:
        return
    is_alone = found.near.empty
    if not is_alone:
        said = _beyond_words(f"resident.more_beyond_{beyond.kind}", beyond, distance, middle, texts)
        st.markdown(plain(said))
    st.button(
        texts.t("resident.town_all", distance=texts.t("distance.kilometres", value=beyond.distance_km)),
        type="primary" if is_alone else "secondary",
        on_click=change_view,
        kwargs={"distance_km": beyond.distance_km},
        key="resident_town_all",
    )


def _show_nothing_near(found: NearbyHelp, view: View, place: Place, texts: Texts) -> None:
    """Say that a list is no proof that there is nothing, what is told below, and where something is found."""
    middle = texts.t(f"resident.middle_{place.middle}")
    group = group_name(view.group, texts)
    st.markdown(plain(texts.t("resident.none", middle=middle, place=place.name, group=group)))
    if len(found.area):
        st.markdown(plain(texts.t("resident.none_but_area", count=len(found.area))))
    if len(found.somewhere):
        st.markdown(plain(texts.t("resident.none_but_somewhere", count=len(found.somewhere))))
    told_km = found.beyond.distance_km if found.beyond else None
    if found.wider and found.wider[0] != told_km:
        distance_km, count = found.wider
        st.button(
            texts.t(
                "resident.widen", distance=texts.t("distance.kilometres", value=distance_km), count=count
            ),
            type="secondary" if found.beyond else "primary",
            on_click=change_view,
            kwargs={"distance_km": distance_km},
            key="resident_widen",
        )
    elif not found.wider:
        st.markdown(plain(texts.t("resident.none_anywhere")))
    if view.forms:
        st.button(
            texts.t("resident.all_forms"),
            on_click=change_view,
            kwargs={"forms": ()},
            key="resident_all_forms",
        )


if __name__ == "__main__":
    render()
