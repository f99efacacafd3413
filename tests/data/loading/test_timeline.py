"""Which files of a register are read, in which order, and what is said of the others."""

from datetime import date
from pathlib import Path

import pytest

from data.loading.returned_files import with_returns
from data.loading.timeline import LoadedFile, newest_last, steps_of
from data.sources.fetch import FoundFile

APRIL, MAY, JUNE, JULY = (date(2026, month, 28) for month in (4, 5, 6, 7))
TODAY = date(2026, 8, 1)


def _file(name: str, day: date | None) -> FoundFile:
    return FoundFile(Path(f"{name}.csv"), name.removesuffix("_2").removesuffix("_3"), day)


def _loaded(*files: tuple[str, date]) -> list[LoadedFile]:
    return [
        LoadedFile(number, name, f"print of {name}", f"{name}.csv", day, day)
        for number, (name, day) in enumerate(files, start=1)
    ]


def _steps(*found: FoundFile, loaded=(), withdrawn=(), program="", day_of=None):
    files = with_returns(found, loaded)
    return steps_of(
        files,
        prints={file.sha256: f"print of {file.sha256}{program}" for file in files},
        loaded=loaded,
        withdrawn=frozenset(withdrawn),
        day_of=day_of or (lambda file: file.as_of or TODAY),
        today=TODAY,
    )


def _names(steps) -> list[str]:
    return [step.file.path.stem for step in steps.read]


def test_first_load_reads_all_by_their_days_and_of_one_day_in_the_order_of_the_catalogue() -> None:
    steps = _steps(_file("june", JUNE), _file("wrong", MAY), _file("right", MAY))
    assert _names(steps) == ["wrong", "right", "june"]
    assert [step.is_newest for step in steps.read] == [False, False, True]
    assert [step.is_superseded for step in steps.read] == [True, False, False]
    assert steps.told == ("2026-05-28: right.csv takes the place of wrong.csv of the same day",)


@pytest.mark.parametrize("is_first", [True, False])
def test_corrected_file_of_the_same_day_holds_wherever_it_stands(is_first: bool) -> None:
    files = [_file("right", JUNE), _file("wrong", JUNE)]
    steps = _steps(*(files if is_first else files[::-1]), loaded=_loaded(("wrong", JUNE)))
    assert _names(steps) == ["right"]
    assert "2026-06-28: right.csv takes the place of wrong.csv of the same day" in steps.told


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(("program", "read"), [("", []), (" of a newer program", ["right"])])
def test_file_that_gave_way_never_wins_again(is_first: bool, program: str, read: list[str]) -> None:
    files = [_file("right", JUNE), _file("wrong", JUNE)]
    loaded = _loaded(("wrong", JUNE), ("right", JUNE))
    steps = _steps(*(files if is_first else files[::-1]), loaded=loaded, program=program)
    assert _names(steps) == read
    held = "wrong.csv: seen before, nothing new: right.csv of the same day (2026-06-28) holds"
    assert held in steps.told
    assert _names(_steps(_file("wrong", JUNE), loaded=loaded, program=program)) == []


def test_same_content_under_another_name_and_day_is_nothing_new() -> None:
    steps = _steps(_file("may", MAY), _file("may_2", JUNE), _file("july", JULY), loaded=_loaded(("may", MAY)))
    assert _names(steps) == ["july"]
    assert "may_2.csv: the same content as may.csv, seen before: nothing new" in steps.told
    loaded = _loaded(("may", MAY), ("july", JULY))
    assert _names(_steps(_file("may", MAY), _file("may_2", JUNE), _file("july", JULY), loaded=loaded)) == []


def test_content_that_returns_after_another_one_is_the_edition_of_its_day() -> None:
    files = [_file("may", MAY), _file("june", JUNE), _file("may_2", JULY), _file("may_3", date(2026, 7, 30))]
    steps = _steps(*files)
    assert _names(steps) == ["may", "june", "may_2"]
    assert (
        "may_2.csv says again what was said before another file: it is the edition of 2026-07-28"
        in steps.told
    )
    assert "may_3.csv: the same content as may_2.csv, seen before: nothing new" in steps.told
    loaded = _loaded(("may", MAY), ("june", JUNE))
    assert _names(_steps(*files, loaded=loaded)) == ["may_2"]
    assert _names(_steps(*files[1:], loaded=loaded)) == ["may_2"]
    loaded = _loaded(("may", MAY), ("june", JUNE), ("may@2026-07-28", JULY))
    assert _names(_steps(*files, loaded=loaded)) == []
    assert _names(_steps(files[0], files[2], loaded=loaded)) == []
    assert _names(_steps(*files, loaded=loaded, program="!")) == ["may_2"]
    back = ["print of may@2026-07-28"]
    assert _names(_steps(*files, loaded=loaded[:2], withdrawn=back)) == []


def test_older_file_between_makes_a_return_of_what_was_seen_twice() -> None:
    files = [_file("may", MAY), _file("may_2", JULY)]
    assert _names(_steps(*files, loaded=_loaded(("may", MAY)))) == []
    steps = _steps(files[0], _file("june", JUNE), files[1], loaded=_loaded(("may", MAY)))
    assert _names(steps) == ["june", "may_2"]


def test_content_that_says_its_day_itself_does_not_return() -> None:
    files = [_file("may", MAY), _file("june", JUNE), _file("may_2", JULY)]
    inside = {"may": MAY, "june": JUNE, "may_2": MAY}
    steps = _steps(
        *files, loaded=_loaded(("may", MAY), ("june", JUNE)), day_of=lambda file: inside[file.path.stem]
    )
    assert _names(steps) == []
    assert (
        "may_2.csv: the same content as before, and it says its day itself (2026-05-28): nothing new"
        in steps.told
    )


def test_the_only_file_of_a_register_without_a_day_returns_once() -> None:
    wrong, right = _file("first", None), _file("second", None)
    loaded = _loaded(("first", MAY), ("second", JUNE))
    assert _names(_steps(right, loaded=loaded)) == []
    (step,) = _steps(wrong, loaded=loaded).read
    assert step.file.sha256 == "first@2"
    assert _names(_steps(wrong, loaded=_loaded(("first", MAY), ("second", JUNE), ("first@2", TODAY)))) == []
    assert _names(_steps(wrong, loaded=loaded, withdrawn=["print of first@2"])) == []


def test_older_file_becomes_history_and_what_follows_is_read_again() -> None:
    loaded = _loaded(("april", APRIL), ("june", JUNE), ("july", JULY))
    files = [_file(*of) for of in (("april", APRIL), ("may", MAY), ("june", JUNE), ("july", JULY))]
    steps = _steps(*files, loaded=loaded)
    assert _names(steps) == ["may", "june", "july"]
    assert [(step.is_history, step.after_id) for step in steps.read] == [(True, 1), (False, 1), (False, 1)]
    assert [step.is_newest for step in steps.read] == [False, False, True]
    older, seen = steps.told
    assert older.startswith(
        "may.csv speaks of 2026-05-28, older than what is loaded (july.csv of 2026-07-28)"
    )
    assert older.endswith("it becomes history, and 2 later files are read again")
    assert seen == "files seen before, nothing new: 1"
    loaded = _loaded(
        ("april", APRIL), ("june", JUNE), ("july", JULY), ("may", MAY), ("june", JUNE), ("july", JULY)
    )
    assert _names(_steps(*files, loaded=loaded)) == []


def test_older_file_is_left_out_with_the_reason_when_what_follows_is_not_at_hand() -> None:
    steps = _steps(_file("may", MAY), _file("july", JULY), loaded=_loaded(("june", JUNE)))
    assert _names(steps) == ["july"]
    (why,) = (line for line in steps.told if "left out" in line)
    assert why.startswith(
        "may.csv speaks of 2026-05-28, older than what is loaded, and was left out: june.csv of"
    )
    assert "or load all files into an empty database" in why


def test_correction_of_an_earlier_month_takes_its_place_there() -> None:
    files = [_file("may", MAY), _file("right", MAY), _file("june", JUNE)]
    steps = _steps(*files, loaded=_loaded(("may", MAY), ("june", JUNE)))
    assert _names(steps) == ["right", "june"]
    assert "2026-05-28: right.csv takes the place of may.csv of the same day" in steps.told


def test_what_was_taken_back_is_left_alone_and_what_is_newer_is_read() -> None:
    files = [_file("wrong", JUNE), _file("right", JUNE), _file("july", JULY)]
    loaded = _loaded(("wrong", JUNE))
    steps = _steps(*files, loaded=loaded, withdrawn=["print of right"])
    assert _names(steps) == ["july"]
    assert "right.csv was taken back; `--again` loads it all the same" in steps.told
    assert _names(_steps(*files[:2], loaded=loaded, withdrawn=["print of right"])) == []
    assert _names(_steps(*files[:2], loaded=loaded)) == ["right"]


def test_day_that_has_not_come_is_told() -> None:
    steps = _steps(_file("typo", date(2027, 6, 28)), loaded=_loaded(("june", JUNE)))
    assert _names(steps) == ["typo"]
    assert any("2027-06-28, a day that has not come" in line for line in steps.told)


def test_file_in_force_that_left_the_catalogue_stays_and_is_told() -> None:
    steps = _steps(_file("may", MAY), loaded=_loaded(("may", MAY), ("june", JUNE)))
    assert _names(steps) == []
    assert any("june.csv of 2026-06-28 is in force and not in the catalogue" in line for line in steps.told)


def test_corrected_day_of_the_newest_file_is_read_anew_unless_it_would_change_the_order() -> None:
    loaded = _loaded(("may", MAY), ("june", JUNE))
    files = [_file("may", MAY), _file("june", JULY)]
    assert _names(_steps(*files, loaded=loaded, program="!")) == ["june"]
    steps = _steps(files[0], _file("june", APRIL), loaded=loaded, program="!")
    assert _names(steps) == []
    assert any("june.csv now speaks of 2026-04-28, older than may.csv" in line for line in steps.told)


def test_newest_of_whole_tables_is_the_one_loaded_later() -> None:
    files = [_file("right", JUNE), _file("wrong", JUNE), _file("may", MAY)]
    assert newest_last(files, [])[-1].sha256 == "wrong"
    assert newest_last(files, _loaded(("wrong", JUNE)))[-1].sha256 == "right"
    assert newest_last(files, _loaded(("wrong", JUNE), ("right", JUNE)))[-1].sha256 == "right"
