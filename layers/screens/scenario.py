"""Made by a helper."""

from layers.widgets.view_page import begin_view_page


def render() -> None:
    """Draw the page."""
    begin_view_page("scenario")


if __name__ == "__main__":
    render()
