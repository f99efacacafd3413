"""Text of registers shows letter by letter, and links go only where they should."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.widgets.plain import link, plain
from layers.words.contact_addresses import phone_address, source_address, web_address


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Dom Pomocy Społecznej", "Dom Pomocy Społecznej"),
        ("[x](javascript:alert(1))", r"\[x\]\(javascript\:" + "\u2060" + r"alert\(1\)\)"),
        ("<b>x</b>", r"\<b\>x\<\/b\>"),
        ("$x$", r"\$x\$"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
        (":material/home:", "\\:\u2060material\\/home\\:"),
        ("1. Dom", r"1\. Dom"),
        ("# Dom\n\n* a", r"\# Dom \* a"),
        ("a -- b", "a \\-\u2060\\- b"),
        ("a <-> b", "a \\<\u2060\\-\\> b"),
        ("www.dps.pl", "www\u2060\\.dps\\.pl"),
        ("a@dps.pl", "a\\@\u2060dps\\.pl"),
        ("&lt;", r"\&lt\;"),
        ("dwa\u202eesrewop", "dwa esrewop"),
    ],
)
def test_markdown_of_others_is_shown_not_read(text, markdown):
    assert plain(text) == markdown


@given(st.text())
def test_every_sign_is_escaped(text):
    without_escapes = re.sub(r"\\[!-/:-@\[-`{-~]", "", plain(text))
    assert not re.search(r"[!-/:-@\[-`{-~]", without_escapes)
    assert "\n" not in plain(text)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("12 276 21 37", "tel:+48122762137"),
        ("(12) 276-21-37", "tel:+48122762137"),
        ("+48 12 276 21 37", "tel:+48122762137"),
        ("0048 122762137", "tel:+48122762137"),
        ("12 276 21 37 wew. 15", "tel:+48122762137"),
        ("112", "tel:112"),
        ("116 123", "tel:116123"),
        ("brak", ""),
        ("12", ""),
        ("1234567890123456", ""),
        ("javascript:alert(123)", ""),
        ("tel. 12 276 21 37", "tel:+48122762137"),
        ("fax 12 276 21 37", ""),
        ("723 25 81", ""),
        ("41 230 30 72 39", ""),
        ("986", "tel:986"),
        ("19 115", "tel:19115"),
        ("562 931", ""),
        ("501", ""),
        ("1234", ""),
    ],
)
def test_phones_hold_digits_only(written, address):
    assert phone_address(written) == address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://dps.example/a?b=c", "https://dps.example/a?b=c"),
        ("  http://dps.example ", "http://dps.example"),
        ("https://dps.example/a)b> (c)", "https://dps.example/a%29b%3E%20%28c%29"),
        ("https://dps.example/ż", "https://dps.example/%C5%BC"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//dps.example", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://mfa@dps.example", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_only_web_addresses_become_links(url, address):
    assert web_address(url) == address


def test_a_link_needs_an_address():
    assert link("a]b", "https://dps.example") == r"[a\]b](<https://dps.example>)"
    assert link("a", "javascript:x") == "a"


def test_a_bare_host_is_no_page_that_says_something():
    assert source_address("https://github.com") == source_address("https://github.com/") == ""
    assert source_address("https://github.com/lista") == "https://github.com/lista"
    assert source_address("https://mops.krakow.pl?id=4") == "https://mops.krakow.pl?id=4"
