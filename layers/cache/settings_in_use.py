"""The settings of this process: its entry point reads them once and says so here."""

from data.store.settings import Settings

_told: Settings | None = None


def use_settings(settings: Settings | None) -> None:
    """Let the process go by these settings; None forgets those said before."""
    global _told  # noqa: PLW0603 - the one place where an entry point says what it has read
    _told = settings


def settings_in_use() -> Settings:
    """
    Return what the entry point has said.

    A page that is run without the server that `app.py` starts goes by its environment.

    Raises
    ------
    SettingsError
        If nothing was said and the environment has a value that means nothing.
    """
    return _told or Settings.from_environment()
