"""What the rows of a file depend on, in one hash: when it changes, the next load writes them again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from data.catalogue import Catalogue, Source
from data.personal_names import FOLDER as PERSONAL_NAMES
from data.reading import address_in_text
from data.source_kinds import FOUNDATION, PLACING, Kind
from data.sources.fetch import FoundFile
from data.vocabulary import FOLDER as VOCABULARY

LOADER_VERSION = 11
"""Raise it when the same files must give other rows, so that the next load writes them again."""

OF_PAGES = frozenset(
    {
        "common_steps.csv",
        "danger_signs.csv",
        "danger_words.csv",
        "form_facts.csv",
        "giving_words.csv",
        "helplines.csv",
        "needs.csv",
        "whom_words.csv",
    }
)
"""Files of the vocabulary that pages read and no row depends on: who changes one need not load everything again."""


class Fingerprints:
    """The fingerprints of the files of one catalogue; `profile_paths` are by source code."""

    def __init__(
        self,
        catalogue: Catalogue,
        files: Mapping[str, Sequence[FoundFile]],
        profile_paths: Mapping[str, Path],
        geocoder_url: str | None,
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._profile_paths = profile_paths
        self._geocoder_url = geocoder_url

    def of(self, source: Source, file: FoundFile) -> str:
        """Return the hash of everything that the rows of a file depend on."""
        parts = [self._own_print(source, file), *self._prints_of(FOUNDATION)]
        if source.kind == "register":
            parts += self._parts_of_register(source)
        elif source.kind == "address_grid":
            parts += self._prints_of(PLACING)
        return _hash_of(parts)

    def beside_rows(self, source: Source) -> str:
        """Return the hash of everything that the record of a register's row depends on beside the row itself."""
        own = [str(LOADER_VERSION), source.fingerprint, *self._prints_of(FOUNDATION)]
        return _hash_of([*own, *self._parts_of_register(source)])

    def _parts_of_register(self, source: Source) -> list[str]:
        profile = self._profile_paths[source.code].read_text(encoding="utf-8")
        return [*self._prints_of(PLACING), profile, _vocabulary_print(), self._geocoder_url or ""]

    def _prints_of(self, kinds: Sequence[Kind]) -> list[str]:
        """Return the hashes of what others stand on, as far as it is at hand or was loaded before."""
        bases = [source for kind in kinds for source in self._catalogue.of_kind(kind)]
        return [
            self._own_print(base, self._files[base.code][-1]) for base in bases if base.code in self._files
        ]

    @staticmethod
    def _own_print(source: Source, file: FoundFile) -> str:
        day = file.as_of.isoformat() if file.as_of else ""
        return _hash_of([str(LOADER_VERSION), source.fingerprint, day, file.sha256])


def _hash_of(parts: Iterable[str]) -> str:
    """Return one hash of everything that the rows of a source depend on."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def vocabulary_files() -> list[Path]:
    """Return the files that decide doors, groups and visibility, and which texts are kept out."""
    files = (
        *(path for path in VOCABULARY.glob("*.csv") if path.name not in OF_PAGES),
        *PERSONAL_NAMES.glob("*.py"),
        *PERSONAL_NAMES.glob("*.txt"),
        Path(address_in_text.__file__),
    )
    return sorted(files)


def _vocabulary_print() -> str:
    content = b"".join(path.read_bytes() for path in vocabulary_files())
    return hashlib.sha256(content).hexdigest()
