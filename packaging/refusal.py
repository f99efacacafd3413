"""
The build backend of this project: it builds nothing and says in words how the application is run.

An application that reads its pages, migrations and example region from its folder would be half of itself in
site-packages (docs/decisions/0012).
"""

from typing import NoReturn

WORDS = (
    "Mapa Wsparcia Społecznego is an application that is run from its folder, not a package to install.\n"
    "Run `make run` here; without make: pip install --require-hashes -r requirements.lock, then\n"
    "python -m data load --commit --or-example, then streamlit run app.py."
)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise SystemExit(WORDS)


get_requires_for_build_wheel = get_requires_for_build_editable = get_requires_for_build_sdist = _refuse
prepare_metadata_for_build_wheel = prepare_metadata_for_build_editable = _refuse
build_wheel = build_editable = build_sdist = _refuse
