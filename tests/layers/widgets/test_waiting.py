"""While an answer is computed elsewhere, the page says so and how many are ahead; then the words go."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.errors import JobTooLongError
from layers.text import texts_of
from layers.view.view import View
from layers.widgets import waiting


class FakeTicket:
    """Is over after the visitors ahead are."""

    def __init__(self, ahead, error=None):
        self._ahead, self._error, self.has_left = list(ahead), error, False

    def wait(self, _seconds):
        return not self._ahead

    @property
    def people_ahead(self):
        return self._ahead.pop(0)

    def result(self):
        if self._error:
            raise self._error
        return "answer"

    def leave(self):
        self.has_left = True


class FakePlace:
    """Notes the words."""

    def __init__(self):
        self.said = []

    def info(self, text, **_):
        self.said.append(text.replace("\\", ""))

    def empty(self):
        self.said.append("")


@pytest.fixture
def place(monkeypatch):
    place = FakePlace()
    monkeypatch.setattr(waiting, "get_script_run_ctx", lambda **_: object())
    monkeypatch.setattr(waiting._place, "empty", place, raising=False)
    return place


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "pl",
            [
                "Liczymy. Przed Tobą 5 osób.",
                "Liczymy. Przed Tobą 3 osoby.",
                "Liczymy. Przed Tobą 1 osoba.",
                "Liczymy, to potrwa chwilę.",
                "",
            ],
        ),
        (
            "uk",
            [
                "Рахуємо. Перед вами 5 осіб.",
                "Рахуємо. Перед вами 3 особи.",
                "Рахуємо. Перед вами 1 особа.",
                "Рахуємо, це триватиме хвилинку.",
                "",
            ],
        ),
    ],
)
def test_page_says_how_many_are_ahead(monkeypatch, place, lang, words):
    monkeypatch.setattr(waiting, "current_view", lambda: View(lang=lang))
    ticket = FakeTicket([5, 3, 1, 0])
    assert waiting.wait_for(ticket) == "answer"
    assert place.said == words
    assert ticket.has_left


def test_an_answer_that_is_there_at_once_needs_no_words(place):
    assert waiting.wait_for(FakeTicket([])) == "answer"
    assert place.said == []


def test_a_page_that_is_left_leaves_the_queue(monkeypatch, place):
    monkeypatch.setattr(waiting, "current_view", View)
    ticket = FakeTicket([1, 1])

    def stop(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(place, "info", stop)
    with pytest.raises(KeyboardInterrupt):
        waiting.wait_for(ticket)
    assert ticket.has_left
    assert place.said == [""]


def test_what_became_of_a_job_is_raised_on_the_page(place):
    ticket = FakeTicket([], error=JobTooLongError("60 s"))
    with pytest.raises(JobTooLongError):
        waiting.wait_for(ticket)
    assert ticket.has_left


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_counts_people(lang):
    said = {texts_of(lang).t("waiting.ahead", count=count) for count in (1, 2, 5)}
    assert len(said) == 3
