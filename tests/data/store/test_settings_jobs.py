"""Settings of long computations: defaults that fit the machine, and refusals in words."""

import pytest

from data.store.settings import Settings, SettingsError


def read(**env):
    return Settings.from_environment({f"SUPPORT_MAP_{name}": value for name, value in env.items()})


def test_one_core_is_left_for_pages(monkeypatch):
    for cores, workers in ((1, 1), (2, 1), (4, 3), (64, 4)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, cores=cores: set(range(cores)))
        assert read().jobs == workers


def test_zero_computes_in_the_thread_of_the_page():
    assert read(JOBS="0").jobs == 0


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("JOBS", "-1", 0),
        ("JOBS", "two", 0),
        ("JOB_SECONDS", "0", 1),
        ("JOBS_WAITING", "0", 1),
        ("JOBS_PER_ADDRESS", "29", 30),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words(name, value, least):
    with pytest.raises(SettingsError, match=rf"SUPPORT_MAP_{name}: .* at least {least}, found '{value}'"):
        read(**{name: value})


def test_addresses_are_believed_only_of_a_trusted_proxy():
    assert not read().is_behind_proxy
    assert read(TRUSTED_PROXY="1", JOBS_PER_ADDRESS="50").jobs_per_address == 50
