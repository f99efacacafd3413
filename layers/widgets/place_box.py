"""The search box for a place: typing errors are forgiven, namesakes are told apart."""

import streamlit as st

from data.places.place_search import Place, PlaceIndex, PlaceMatch
from data.registry.registry import Registry
from data.store.names import fold
from layers.text import Texts
from layers.view.view import View
from layers.widgets.address import change_view
from layers.widgets.plain import plain
from layers.words.example_words import place_hint

_SHOWN = 8
_LONGEST = 120
"""Signs of the search that are read; the longest name in Poland has 35."""
_NAMESAKES = 1000
"""More than any name in Poland has: whether one alone is spelt as typed is asked of all."""
_TYPED, _SEEN, _CANDIDATE = "place_typed", "place_seen", "place_candidate"


def choose_place(registry: Registry, view: View, texts: Texts) -> Place | None:
    """Draw the box and, when several places may be meant, the choice; return the chosen place or None."""
    index = registry.places
    place = index.get(view.place)
    if st.session_state.get(_SEEN) != view.place:
        # The address was opened or changed outside the box: the box follows it.
        st.session_state[_SEEN] = view.place
        st.session_state[_TYPED] = place.name if place else ""
    typed = st.text_input(
        texts.t("resident.place"),
        key=_TYPED,
        type="search",
        placeholder=place_hint(registry, texts),
        autocomplete="off",
        on_change=_take_typed,
        args=(index,),
    )
    typed = typed[:_LONGEST].strip()
    found = index.find(typed, limit=_SHOWN + 1) if typed else []
    if not typed and not view.place:
        st.markdown(plain(texts.t("resident.start")))
    if view.place and place is None:
        st.warning(plain(texts.t("resident.place_gone")))
    if typed and not found:
        st.warning(plain(texts.t("resident.place_not_found", typed=typed)))
    if len(found) > 1 and (place is None or _is_ambiguous(found)):
        _show_candidates(found, place, texts)
    if place is not None:
        st.markdown(plain(texts.t("resident.place_chosen", place=place_label(place, texts))))
    return place


def place_label(place: Place, texts: Texts) -> str:
    """Return a name that tells a place from its namesakes."""
    if place.powiat_name == place.gmina_name == place.name:  # a city that is a powiat of its own
        key = "place.city_gmina" if place.kind == "gmina" else "place.city"
    else:
        key = "place.gmina" if place.kind == "gmina" else "place.locality"
    return texts.t(
        key,
        name=place.name,
        kind=place.kind,
        gmina=place.gmina_name,
        powiat=place.powiat_name,
        voivodeship=place.voivodeship_name,
    )


def _show_candidates(found: list[PlaceMatch], place: Place | None, texts: Texts) -> None:
    shown = found[:_SHOWN]
    if place is not None and place.key not in {match.key for match in shown}:
        return
    keys = [match.key for match in shown]
    labels = {match.key: plain(place_label(match, texts)) for match in shown}
    st.session_state[_CANDIDATE] = place.key if place else None
    # Once a place is chosen its namesakes step aside: the answer should be seen without scrolling.
    with st.expander(texts.t("resident.other_places")) if place else st.container():
        st.radio(
            texts.t("resident.which_place"),
            keys,
            format_func=labels.__getitem__,
            key=_CANDIDATE,
            on_change=_take_candidate,
        )
        if len(found) > _SHOWN:
            example = shown[-1]
            st.caption(plain(texts.t("resident.many_places", name=example.name, powiat=example.powiat_name)))


def _take_typed(index: PlaceIndex) -> None:
    """Go straight to the place when only one can be meant; otherwise let the person choose."""
    typed = st.session_state[_TYPED][:_LONGEST].strip()
    meant = meant_place(typed, index.find(typed, limit=_NAMESAKES))
    _choose(meant.key if meant else "")


def meant_place(typed: str, found: list[PlaceMatch]) -> PlaceMatch | None:
    """
    Return the place that was meant, None when several may be.

    Who writes Polish letters means them: of namesakes without diacritics, the only one spelt as typed.
    """
    if not found:
        return None
    if len(found) == 1 or (found[0].score >= 100 and not _is_ambiguous(found)):
        return found[0]
    name = typed.partition(",")[0].strip().casefold()
    spelt = [match for match in found if match.name.casefold() == name]
    is_plain = fold(name) == name
    return spelt[0] if len(spelt) == 1 and not is_plain else None


def _take_candidate() -> None:
    _choose(st.session_state[_CANDIDATE] or "")


def _choose(key: str) -> None:
    st.session_state[_SEEN] = key
    change_view(place=key)


def _is_ambiguous(found: list[PlaceMatch]) -> bool:
    return len(found) > 1 and found[1].score >= 100
