import pytest

from data.store.plain_text import cell_text, plain_text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("Dom\x00 \x1b[31mSeniora\x07", "Dom [31mSeniora"),
        ("jeden\r\ndwa\tt", "jeden dwa t"),
        ("ko\u202etaz\u2066", "ko taz"),
        ("lone \ud800 surrogate \uffff", "lone surrogate"),
        ("</text><script>alert(1)</script>", "</text><script>alert(1)</script>"),
        ("1\N{NO-BREAK SPACE}000", "1\N{NO-BREAK SPACE}000"),
        (None, "None"),
    ],
)
def test_text_stays_on_one_line_and_only_in_characters_that_can_be_printed(hostile, shown):
    assert plain_text(hostile) == shown


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\x00=", "＝", "\N{NO-BREAK SPACE}="]
)
def test_no_cell_begins_like_a_formula(start):
    assert cell_text(f"{start}HYPERLINK(1)").startswith("'")


def test_ordinary_text_gets_no_apostrophe():
    assert cell_text("Żabno-Zdrój") == "Żabno-Zdrój"
