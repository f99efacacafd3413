"""
Text of others shown letter by letter.

Names, notes and addresses come from files that anybody may have written, and Streamlit reads most strings as
Markdown with its own additions (colours, icons, emoji, formulas, arrows). Nothing of that may come from data.
"""

import re

from data.store.plain_text import plain_text
from layers.words.contact_addresses import web_address

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\u2060"
# Streamlit replaces these after the Markdown is read, so a backslash does not stop it: `:name:` (emoji,
# icons), arrows standing alone, and addresses that GitHub's Markdown makes links of.
_LATE = re.compile(r":(?=[\w/+-])|\bwww(?=\.)|@(?=\w)|(?<!\S)[<>~-](?=-?[->=](?!\S))")


def plain(text: object) -> str:
    """Return Markdown that shows exactly `text`, on one line, as words and nothing else."""
    joined = _LATE.sub(lambda found: found.group() + _JOINER, plain_text(text))
    return _PUNCTUATION.sub(r"\\\1", joined)


def link(label: object, url: object) -> str:
    """Return a Markdown link when `url` is an ordinary web address, else just the label."""
    address = web_address(url)
    return f"[{plain(label)}](<{address}>)" if address else plain(label)


def own_link(label: object, address: str) -> str:
    """Return a Markdown link to an address of this host, as `layers.view.page_addresses` gives it."""
    return f"[{plain(label)}](<{address}>)"
