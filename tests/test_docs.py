"""What the documentation names is there, and what is there is documented."""

import importlib.util
import re
import shlex
import subprocess
import sys
from collections import Counter

import pytest

from data.__main__ import command_parser as data_parser
from data.catalogue import read_catalogue
from layers.indicators import COLUMNS
from layers.options import command_parser as layers_parser
from tests.support.folders import REPOSITORY

PAGES = [
    page
    for page in (
        *REPOSITORY.glob("*.md"),
        *(REPOSITORY / "docs").glob("*.md"),
        *(REPOSITORY / "docs/guide").glob("*.md"),
    )
    if page.name != "CHANGELOG.md"  # tells of what was
]
NAMED = re.compile(r"`((?:geo|data|layers|tests|benchmarks|docs|packaging)(?:/[\w.-]+)+/?)`")
MODULE = re.compile(r"`((?:geo|data|layers|tests)(?:\.\w+)+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def told():
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    gone = [name for name in NAMED.findall(text) if not (REPOSITORY / name).exists()]
    gone += [name for name in MODULE.findall(text) if not is_module_or_in_one(name)]
    gone += [name for name in LINK.findall(text) if not (page.parent / name).exists()]
    assert gone == []


def is_module_or_in_one(name):
    parts = name.split(".")
    paths = [REPOSITORY.joinpath(*parts[:count]) for count in range(1, len(parts) + 1)]
    return paths[-1].is_dir() or any(path.with_suffix(".py").exists() for path in paths)


@pytest.mark.parametrize("package", ["data", "layers"])
def test_every_command_is_documented(package):
    done = subprocess.run(
        [sys.executable, "-m", package, "--help"], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    (commands,) = re.findall(r"\{([\w,-]+)\}", done.stdout)[:1]
    text = told()
    untold = [name for name in commands.split(",") if not re.search(rf"python -m {package} {name}\b", text)]
    assert len(commands.split(",")) > 2
    assert untold == []


PARSERS = {"data": data_parser, "layers": layers_parser}
SPAN = re.compile(r"`(?:\.venv/bin/)?(python -m [^`]+)`")
LINE = re.compile(r"^ {4}(?:\.venv/bin/)?(python -m .+)$", re.MULTILINE)
STANDS_FOR = {
    "YYYY-MM-DD": "2026-06-30",
    "YEAR": "2026",
    "FORMAT": "gpkg",
    "NAME,NAME": "png,csv",
    "GROUP": "older",
    "REASON": "the same house",
    "--form CODE": "--form CAL-DPS",
    "CODE": "120611",
}
"""Words of usages that a parser checks → one that may stand there; any other word in capitals is taken as it is."""


def commands_of(page):
    """Give the commands that a page writes out; one with words left out ("…") or only named (`… load`) is none."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    spans = [
        span for span in SPAN.findall(text) if len(span.split()) > (3 if page.name == "commands.md" else 4)
    ]
    return [command for command in (*spans, *LINE.findall(text)) if "…" not in command.rstrip("…")]


def read_by_parser(command):
    """Read the arguments of a command as the program would; exit where it would refuse them."""
    plain = re.sub(r"[\[\]]|\.\.\.|…", " ", command.split(" | ")[0].split(" > ")[0])
    for words, example in STANDS_FOR.items():
        plain = re.sub(rf"(?<!\w){words}(?!\w)", f"'{example}'" if words == "REASON" else example, plain)
    _, _, module, *arguments = shlex.split(plain, comments=True)
    if module in PARSERS:
        PARSERS[module]().parse_args(arguments)
    elif not importlib.util.find_spec(module):
        raise SystemExit(module)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_writes_out_can_be_run(page, capsys):
    refused = {}
    for command in commands_of(page):
        try:
            read_by_parser(command)
        except SystemExit as error:
            if error.code != 0:  # 0 is `--help`
                refused[command] = capsys.readouterr().err.splitlines()[-1:]
    assert refused == {}


def test_a_command_without_what_it_needs_is_found(capsys):
    with pytest.raises(SystemExit):
        read_by_parser("python -m layers card CODE")
    assert "--area" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        read_by_parser("python -m data.no_such_module")


def test_every_setting_is_documented():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("data", "layers")
        for path in (REPOSITORY / package).rglob("*.py")
    )
    settings = set(re.findall(r"SUPPORT_MAP_[A-Z_]+", code))
    assert len(settings) > 10
    assert {name for name in settings if f"`{name}`" not in told()} == set()


def test_every_target_of_make_says_what_it_does():
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())
    assert targets - set(re.findall(r"^(\w+):.*## ", text, re.MULTILINE)) <= {"tools"}


def test_every_kind_of_source_is_documented():
    catalogue = read_catalogue(REPOSITORY / "data" / "catalogue.toml")
    kinds = {source.kind for source in catalogue.source}
    assert len(kinds) > 5
    assert {kind for kind in kinds if f"`{kind}`" not in told()} == set()


def test_the_method_of_every_number_is_described():
    text = (REPOSITORY / "docs" / "method.md").read_text(encoding="utf-8")
    methods = {column.method for column in COLUMNS.values()}
    named = {
        method
        for method in methods
        if {method, method.rpartition(".")[0]} & set(re.findall(r"`([\w.]+)`", text))
    }
    assert methods - named == set(), (
        "expected each in a head of docs/method.md, or the module that it stands in"
    )


def test_the_glossary_has_each_noun_once():
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    heads = re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
    nouns = [noun for head in heads for noun in re.split(r", (?![^(]*\))", head)]
    assert len(nouns) > 100
    assert [noun for noun, count in Counter(nouns).items() if count > 1] == []
