"""The key of forms: a setting, or a file that is made once, whole, and for its owner alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from data.store.form_key import FormKeyError, form_key
from data.store.settings import Settings, SettingsError


def settings(path, **changes):
    return Settings("sqlite://", None, path.parent, form_key_file=path, **changes)


def test_it_is_made_once_and_is_its_owners(tmp_path):
    path = tmp_path / "new" / "map.forms_key"
    key = form_key(settings(path))
    assert len(key) == 64
    assert form_key(settings(path)) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["map.forms_key"]


def test_processes_that_begin_together_get_the_same(tmp_path):
    path = tmp_path / "map.forms_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: form_key(settings(path)), range(32)))
    assert len(keys) == 1


def test_a_setting_is_enough_and_a_short_one_is_refused_and_not_repeated(tmp_path):
    path = tmp_path / "map.forms_key"
    assert form_key(settings(path, form_key="s" * 32)) == b"s" * 32
    assert not path.exists()
    with pytest.raises(SettingsError, match="SUPPORT_MAP_FORM_KEY: expected a secret") as caught:
        Settings.from_environment({"SUPPORT_MAP_FORM_KEY": "tajne123"})
    assert "tajne123" not in str(caught.value)
    assert "s" * 32 not in repr(settings(path, form_key="s" * 32))


def test_it_stands_beside_the_database():
    found = Settings.from_environment({"SUPPORT_MAP_DATABASE_URL": "sqlite:////srv/map/map.sqlite"})
    assert str(found.form_key_file) == "/srv/map/map.forms_key"


def test_what_is_no_key_is_said(tmp_path):
    path = tmp_path / "map.forms_key"
    path.write_bytes(b"")
    with pytest.raises(FormKeyError, match="delete the file"):
        form_key(settings(path))
    (tmp_path / "file").write_text("x")
    with pytest.raises(FormKeyError, match="set SUPPORT_MAP_FORM_KEY"):
        form_key(settings(tmp_path / "file" / "map.forms_key"))
