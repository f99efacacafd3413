"""A scenario as text: JSON that people read, and the same packed to fit into a link."""

import base64
import binascii
import json
import zlib
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final, NoReturn

from data.scenarios.changes import Change, ScenarioError, make_changes
from data.scenarios.scenario import Scenario

FORMAT: Final = "support-map-scenario"
VERSION: Final = 1
LONGEST_LINK: Final = 6000
"""Characters of a packed scenario; servers take addresses of 8,000 characters, and the view needs some."""
LARGEST_JSON: Final = 65_536
"""Bytes of a scenario as JSON; the largest one that is allowed has fewer."""
_MARK: Final = "1."
"""The version of the packing, before the packed text."""
_HEAD: Final = ("format", "version", "title", "support_form", "need_group", "changes")
_FILE_ADVICE: Final = "Open the file of the scenario again, or make it anew"
_LINK_ADVICE: Final = "Ask for the whole link again, or for the scenario as a file"


def to_json(scenario: Scenario) -> str:
    """Return the scenario as indented JSON; fields without a value are left out."""
    return json.dumps(_told(scenario), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Scenario:
    """
    Read what `to_json` writes.

    Raises
    ------
    ScenarioError
        If the text is too long, is no JSON, is of another version, or tells a scenario that cannot be.
    """
    if len(text.encode(errors="replace")) > LARGEST_JSON:
        raise _refused(f"at most {LARGEST_JSON} bytes of JSON", f"{len(text)} characters", _FILE_ADVICE)
    return _read(text, advice=_FILE_ADVICE)


def to_text(scenario: Scenario) -> str:
    """
    Return the scenario packed for a link: letters, digits, `-`, `_` and one dot.

    Raises
    ------
    ScenarioError
        If it does not fit into a link; `to_json` takes any scenario.
    """
    plain = json.dumps(_told(scenario), ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")
    if len(_MARK) + len(packed) > LONGEST_LINK:
        advice = "Save the scenario as a file, or name powiats instead of single gminas"
        raise _refused(f"a link of at most {LONGEST_LINK} characters", f"{len(packed)}", advice)
    return _MARK + packed


def from_text(text: str) -> Scenario:
    """
    Read what `to_text` gives; anybody may have written it.

    Raises
    ------
    ScenarioError
        If the text is not such a one, was cut, holds more than a scenario can, or tells one that cannot be.
    """
    if len(text) > LONGEST_LINK or not text.startswith(_MARK):
        raise _refused(f"{_MARK} and at most {LONGEST_LINK} characters", text[:20], _LINK_ADVICE)
    packed = text[len(_MARK) :]
    try:
        # `validate` refuses characters that the decoder would otherwise leave out.
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(data, LARGEST_JSON)  # never more, however much the text would swell to
        is_whole = unpacking.eof and not unpacking.unused_data
        words = plain.decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise _refused("a packed scenario", str(error), _LINK_ADVICE) from error
    if not is_whole:
        raise _refused(f"one whole scenario of at most {LARGEST_JSON} bytes", "another", _LINK_ADVICE)
    return _read(words, advice=_LINK_ADVICE)


@lru_cache(maxsize=256)
def is_scenario(text: str) -> bool:
    """Tell whether `from_text` reads a text: one that was cut on its way tells no scenario."""
    try:
        from_text(text)
    except ScenarioError:
        return False
    return True


def _told(scenario: Scenario) -> dict[str, Any]:
    changes = [
        {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(Change)
            if (value := getattr(change, field.name)) is not None and value != ()
        }
        for change in scenario.changes
    ]
    values = (FORMAT, VERSION, scenario.title, scenario.support_form, scenario.need_group, changes)
    return dict(zip(_HEAD, values, strict=True))


def _read(text: str, *, advice: str) -> Scenario:
    try:
        told = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except ScenarioError:
        raise
    except (ValueError, RecursionError) as error:  # a number too long, brackets too deep
        raise _refused("JSON", str(error), advice) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _refused(f"a scenario (format {FORMAT})", _shape(told), advice)
    if type(told.get("version")) is not int or told["version"] != VERSION:
        raise _refused(
            f"version {VERSION}", repr(told.get("version"))[:20], "Use the application of that version"
        )
    if set(told) != set(_HEAD) or not isinstance(told["changes"], list):
        raise _refused(f"the fields {', '.join(_HEAD)}, and a list of changes", _shape(told), advice)
    changes = []
    for number, cells in enumerate(told["changes"], start=1):
        if not isinstance(cells, dict):
            raise _refused(f"change {number} with fields by name", _shape(cells), advice)
        listed = isinstance(cells.get("area_codes"), list)
        changes.append(cells | {"area_codes": tuple(cells["area_codes"])} if listed else cells)
    return Scenario(told["title"], told["support_form"], told["need_group"], make_changes(changes))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise _refused("each field once", ", ".join(name for name, _ in pairs)[:80], _FILE_ADVICE)
    return dict(pairs)


def _no_constant(word: str) -> NoReturn:
    raise _refused("a number", word, _FILE_ADVICE)


def _shape(value: object) -> str:
    return (
        f"the fields {', '.join(map(str, value))}"[:80] if isinstance(value, dict) else type(value).__name__
    )


def _refused(expected: str, found: str, advice: str) -> ScenarioError:
    return ScenarioError(f"expected {expected}, found {found}. {advice}.", field="text", found=found)
