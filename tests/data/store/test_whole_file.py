"""A killed export leaves nothing behind: neither half a file under the name nor a folder for ever."""

import contextlib
import signal
import subprocess
import sys

import pytest

from data.store.whole_file import remove_unfinished, whole_file
from tests.support.application import REPOSITORY

WRITER = """
import signal, sys, time
from pathlib import Path
from data.store.whole_file import end_tidily, whole_file
# As at a terminal: what a shell starts in the background ignores Ctrl+C, after nohup its end, and hands that down.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, getattr(signal, sys.argv[2]))
end_tidily()
with whole_file(Path(sys.argv[1])) as made:
    made.write_text("half")
    print("writing", flush=True)
    # Short sleeps: a signal that comes just before a sleep begins is only handled when it ends.
    for _ in range(600):
        time.sleep(0.1)
"""


def _writing(path, *, hang_up="SIG_DFL"):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), hang_up],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout.readline() == b"writing\n"
    process.stdout.close()
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_program_that_is_ended_takes_its_half_file_away(tmp_path, number):
    path = tmp_path / "registry.gpkg"
    path.write_text("before")
    process = _writing(path)
    process.send_signal(number)
    try:
        assert process.wait(timeout=20) != 0
    finally:
        process.kill()
        process.wait()
    assert [file.name for file in tmp_path.iterdir()] == ["registry.gpkg"]
    assert path.read_text() == "before"


def test_after_nohup_a_program_outlives_its_terminal(tmp_path):
    process = _writing(tmp_path / "registry.gpkg", hang_up="SIG_IGN")
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.3)
    process.terminate()
    # The one signal that ends it is the one that says so: 128 + 15.
    assert process.wait(timeout=20) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_what_kill_9_left_is_taken_away_by_the_next_one(tmp_path):
    path = tmp_path / "registry.gpkg"
    process = _writing(path)
    process.kill()
    process.wait(timeout=20)
    assert not path.exists()
    assert len(list(tmp_path.iterdir())) == 1
    with whole_file(path) as made:
        made.write_text("whole")
    assert [file.name for file in tmp_path.iterdir()] == ["registry.gpkg"]
    assert path.read_text() == "whole"


def test_what_another_program_is_writing_stays(tmp_path):
    with whole_file(tmp_path / "one") as one:
        one.write_text("1")
        with whole_file(tmp_path / "other") as other:
            other.write_text("2")
        remove_unfinished(tmp_path)
        assert one.read_text() == "1"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "other"]


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "file"
    path.write_text("before")
    with contextlib.suppress(ZeroDivisionError), whole_file(path) as made:
        made.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
