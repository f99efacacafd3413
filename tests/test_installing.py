"""What `make` runs beside pip: it tells how far pip is and compiles what a load imports."""

import importlib.util
from pathlib import Path

from data.store.settings import REPOSITORY


def _program():
    spec = importlib.util.spec_from_file_location("installing", REPOSITORY / "packaging" / "install.py")
    assert spec is not None
    program = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(program)
    return program


def test_whole_packages_are_counted_and_only_those_of_a_load_compiled(tmp_path: Path) -> None:
    for name in ("pandas", "scipy"):
        (tmp_path / name / "tests").mkdir(parents=True)
        (tmp_path / name / "core.py").write_text("x = 1\n")
        (tmp_path / name / "tests" / "test_core.py").write_text("x = 1\n")
        (tmp_path / f"{name}-1.0.dist-info").mkdir()
    program = _program()
    assert program.packages(tmp_path) == set()  # pip writes RECORD at the end
    for name in ("pandas", "scipy"):
        (tmp_path / f"{name}-1.0.dist-info" / "RECORD").touch()
    assert program.packages(tmp_path) == {"pandas", "scipy"}
    assert program.compile_some({"pandas", "scipy"}, site=tmp_path) == {"pandas"}
    assert [path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*.pyc")] == [
        ("pandas", "__pycache__")
    ]


def test_what_is_compiled_is_in_the_lock() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert all(f"\n{name}==" in f"\n{lock}" for name in _program().COMPILED)
