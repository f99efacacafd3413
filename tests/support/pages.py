"""Opening a page of the application in Streamlit's test runner."""

from pathlib import Path

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest, local_script_runner

MAIN = Path(__file__).resolve().parents[2] / "layers" / "main.py"
SECONDS = 60


def _wait_for_the_script(runner, timeout):
    """Wait for the end of a page's thread; Streamlit's own test runner asks 1,000 times a second, beside the page."""
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"expected a page within {timeout} s; it was stopped")


local_script_runner.require_widgets_deltas = _wait_for_the_script


def open_page(name="first", **query):
    """Run a page (`first`, `resident`, `planner`, `coordinator`, `about`) at an address."""
    app = AppTest.from_file(MAIN, default_timeout=SECONDS)
    # Else every opening asks each installed package for components of its own (0.14 s); none has any.
    app._bidi_component_manager = BidiComponentManager()
    app.query_params.update({key: str(value) for key, value in query.items()})
    app.run()
    if name != "first":
        app.switch_page(f"screens/{name}.py").run()
    assert not app.exception, app.exception
    return app


def address_of(app):
    """Return the parameters of the address after the run."""
    return {
        name: values[0] if isinstance(values, list) else values for name, values in app.query_params.items()
    }


def words_of(app):
    """Return all words of the page in one text, as Markdown without its escapes."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.info,
        app.warning,
        app.error,
    )
    return "\n".join(item.value for kind in kinds for item in kind).replace("\\", "").replace("\u2060", "")
