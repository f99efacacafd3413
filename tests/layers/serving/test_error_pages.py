"""What a framework says in bare English becomes a page; what is said already and what programs read stays."""

import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from data.vocabulary.languages import LANGUAGES
from layers.serving.error_pages import WORDS, ErrorPages, words_of
from layers.text import texts_of
from tests.support.asking import asked


def bare(status, **headers):
    return ErrorPages(PlainTextResponse("Bad Request", status, headers=headers))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", [*WORDS, 400, 403, 418, 429, 500, 503])
def test_a_bare_error_is_said_in_the_language_of_the_address(status, lang):
    answer = asked(bare(status), "/nic", f"lang={lang}")
    page = answer.body.decode()
    assert (answer.status, answer.headers["content-language"]) == (status, lang)
    assert texts_of(lang).t(f"web.{words_of(status)}.title") in page
    assert "Bad Request" not in page
    assert f'href="/pomoc?lang={lang}"' in page
    assert 'href="tel:112"' in page
    assert answer.headers["cache-control"] == "no-store"


def test_what_may_be_done_is_still_told():
    assert asked(bare(405, allow="GET"), method="PUT").headers["allow"] == "GET"


def test_a_head_has_no_body():
    assert asked(bare(404), method="HEAD").body == b""


@pytest.mark.parametrize(
    "inside",
    [
        PlainTextResponse("Nie ma.", 404, headers={"content-language": "pl"}),
        JSONResponse({"is_ready": False}, 503),
        PlainTextResponse("ok"),
    ],
)
def test_what_is_said_already_stays(inside):
    answer = asked(ErrorPages(inside))
    assert (answer.status, answer.body) == (inside.status_code, inside.body)


def test_an_exception_is_a_page_and_its_words_are_in_the_log_alone(caplog):
    async def broken(scope, receive, send):
        raise ValueError("expected what nobody may read")

    answer = asked(ErrorPages(broken), query="lang=uk")
    assert answer.status == 500
    assert "Зараз ми не можемо показати цю сторінку." in answer.body.decode()
    assert "nobody may read" not in answer.body.decode()
    assert "nobody may read" in caplog.text


def test_an_exception_after_the_beginning_of_an_answer_is_not_answered_twice():
    async def broken(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("too late for a page")

    with pytest.raises(ValueError, match="too late"):
        asked(ErrorPages(broken))
