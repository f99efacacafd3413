"""A press that brings an address from before the last one goes on from what the session told; navigation wins."""

from functools import partial

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner

from layers.text import texts_of
from layers.view.view import View
from layers.widgets import navigation
from tests.support.pages import address_of, open_page


def page():
    """Draw three choices and nothing else."""
    import streamlit as st

    from layers.widgets.address import bound, change_view, current_view, losses_of_address

    view = current_view()
    st.radio("group", ["older", "disabled", "homeless"], **bound("group", view.group))
    st.radio("level", ["gmina", "powiat"], **bound("level", view.level))
    st.checkbox("a filter, which the address does not say", key="filter")
    st.button("people in need of a bed", on_click=change_view, kwargs={"group": "homeless"}, key="bed")
    st.text(f"{view.group} {view.level}")
    st.text(" ".join(loss.parameter for loss in losses_of_address()))


def opened(**query):
    app = AppTest.from_function(page, default_timeout=30)
    return come_with(app, **query).run()


def come_with(app, **query):
    """Let the next run come from a browser that has this address."""
    app.query_params.clear()
    app.query_params.update(query)
    return app


def choose(app, field, value):
    app.radio(key=f"view_{field}").set_value(value)
    return app


def words(app):
    assert not app.exception, app.exception
    return app.text[0].value


@pytest.fixture
def by_back_button(monkeypatch):
    """Give a function after which the runs come from the browser's buttons back and forward, or again do not."""

    def switch(is_on):
        data = partial(RerunData, is_history_navigation=is_on)
        monkeypatch.setattr(local_script_runner, "RerunData", data)

    return switch


def test_the_second_of_two_quick_presses_keeps_the_first():
    app = choose(opened(scope="12"), "level", "powiat").run()
    choose(come_with(app, scope="12"), "group", "disabled").run()
    assert words(app) == "disabled powiat"
    assert address_of(app).items() >= {"scope": "12", "level": "powiat", "group": "disabled"}.items()
    assert app.radio(key="view_level").value == "powiat"


@pytest.mark.parametrize("late", [{"scope": "12"}, {"scope": "12", "level": "powiat"}])
def test_a_third_press_goes_on_from_the_second_wherever_the_browser_is(late):
    app = choose(opened(scope="12"), "level", "powiat").run()
    choose(come_with(app, scope="12"), "group", "disabled").run()
    come_with(app, **late).button(key="bed").click().run()
    assert words(app) == "homeless powiat"


def test_a_press_that_changes_nothing_in_the_address_tells_it_again():
    app = choose(opened(), "level", "powiat").run()
    come_with(app).checkbox(key="filter").check().run()
    assert words(app) == "older powiat"
    assert address_of(app) == {"level": "powiat"}


def test_what_gave_way_to_the_first_press_is_told_after_a_late_one():
    app = choose(opened(form="CAL-DPS", year="2035"), "group", "homeless").run()
    lost = app.text[1].value
    assert "year" in lost
    come_with(app, form="CAL-DPS", year="2035").checkbox(key="filter").check().run()
    assert app.text[1].value == lost


def test_back_and_forward_win_and_a_press_after_them_goes_on_from_there(by_back_button):
    app = choose(opened(), "level", "powiat").run()
    by_back_button(True)
    come_with(app).run()
    assert words(app) == "older gmina"
    by_back_button(False)
    choose(app, "group", "disabled").run()
    assert words(app) == "disabled gmina"
    by_back_button(True)
    come_with(app, level="powiat").run()
    assert words(app) == "older powiat"


def test_an_address_that_the_session_never_had_wins():
    app = choose(opened(), "level", "powiat").run()
    come_with(app, scope="14").run()
    assert words(app) == "older gmina"
    choose(app, "group", "disabled").run()
    assert address_of(app).items() >= {"scope": "14", "group": "disabled"}.items()
    assert "level" not in address_of(app)


def test_two_tabs_do_not_know_of_each_other():
    first, second = opened(), opened()
    choose(first, "level", "powiat").run()
    assert words(choose(second, "group", "disabled").run()) == "disabled gmina"


def overtaken_page():
    """Draw a choice in a run whose address a stopped run of the same session has overwritten."""
    import streamlit as st
    from streamlit.runtime.state import get_session_state

    from layers.widgets.address import bound, current_view, losses_of_address

    with get_session_state().query_params() as shared:
        shared.populate_from_query_string("group=homeless")
    view = current_view()
    st.radio("group", ["older", "disabled", "homeless"], **bound("group", view.group))
    st.text(f"{view.group} {view.level}")
    st.text(" ".join(loss.parameter for loss in losses_of_address()))


def test_of_two_steps_at_once_the_run_of_the_second_reads_its_own_address():
    app = AppTest.from_function(overtaken_page, default_timeout=30)
    come_with(app, group="disabled", norm="x").run()
    assert words(app) == "disabled gmina"
    assert app.text[1].value == "norm"
    assert app.radio(key="view_group").value == "disabled"
    choose(app, "group", "older").run()
    assert "group" not in address_of(app)


class TestPages:
    @pytest.fixture(autouse=True)
    def _invented(self, monkeypatch, invented_database_url):
        monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)

    def test_a_level_and_a_group_pressed_at_once_are_both_kept(self):
        app = open_page("planner", indicator="facilities_count")
        app.radio(key="view_level").set_value("powiat").run()
        come_with(app, indicator="facilities_count").radio(key="view_group").set_value("homeless").run()
        assert address_of(app).items() >= {"level": "powiat", "group": "homeless"}.items()
        assert app.radio(key="view_level").value == "powiat"

    def test_a_link_to_another_page_wins(self):
        app = open_page("about")
        app.button_group(key="view_lang").set_value("en").run()
        come_with(app).switch_page("screens/method.py").run()
        assert address_of(app) == {}


@pytest.mark.parametrize(("of_page", "shown"), [("planner", "gap_share"), ("scenario", "facilities_count")])
def test_the_link_of_a_page_to_itself_is_the_view_and_so_never_an_address_that_was_left(
    of_page, shown, monkeypatch
):
    links = {}
    monkeypatch.setattr(navigation, "_show_link", lambda name, view, *_, **__: links.update({name: view}))
    view = View(indicator="facilities_count")
    navigation.show_tools(view, texts_of("pl"), page=of_page)
    assert links["scenario"].indicator == shown
    assert links[of_page] == view
