"""Ten views of the example region say today what they said before: moving code moves no word and no number."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.folders import REPOSITORY
from tests.support.named_views import FILE, VIEWS, hash_of


@pytest.fixture(scope="module")
def texts():
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORT_MAP_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.named_views"],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", VIEWS)
def test_a_named_view_says_what_it_said(texts, name):
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert hash_of(texts[name]) == kept[name], (
        "the view says something else than before; if it should, run `python -m tests.support.named_views --write` "
        "and say so in CHANGELOG.md. It says now:\n" + texts[name][:2000]
    )


def test_the_views_are_about_what_their_names_say(texts):
    views = {name: json.loads(text) for name, text in texts.items()}
    assert views["a card"]["card"]["title"]
    assert views["today beside 2035"]["other"]["rows"]
    assert all(len(view["rows"]) > 2 for view in views.values())
