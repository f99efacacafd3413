import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from data.catalogue import OtherBoundaries, Source, SourceFile
from data.sources.fetch import ChecksumError, find_files, missing_error
from data.store.settings import Settings

CONTENT = b"teryt,value\n986101,1\n"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[str]:
    """Serve a folder on the loopback address, as a publisher would."""
    folder = tmp_path / "publisher"
    folder.mkdir()
    (folder / "figures.csv").write_bytes(CONTENT)
    with HTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _settings(folder: Path, *, is_download_allowed: bool = True) -> Settings:
    return Settings("sqlite://", folder / "mirror", folder / "cache", is_download_allowed=is_download_allowed)


def _source(download_url: str | None = None, content: bytes = CONTENT) -> Source:
    sha256 = hashlib.sha256(content).hexdigest()
    return Source(
        code="figures",
        name="Liczby",
        kind="people_counts",
        publisher="Urząd",
        publisher_url="https://urzad.example",
        licence="CC0",
        attribution="Urząd",
        files=(SourceFile(path="people/figures.csv", sha256=sha256, download_url=download_url),),
    )


def _put(folder: Path, content: bytes = CONTENT) -> Path:
    path = folder / "people" / "figures.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_mirror_goes_before_cache(tmp_path: Path) -> None:
    in_mirror = _put(tmp_path / "mirror")
    _put(tmp_path / "cache")
    found, missing = find_files([_source()], _settings(tmp_path))
    assert found["figures"][-1].path == in_mirror
    assert missing == []


def test_cache_is_used_when_the_mirror_lacks_the_file(tmp_path: Path) -> None:
    in_cache = _put(tmp_path / "cache")
    found, _ = find_files([_source()], _settings(tmp_path))
    assert found["figures"][-1].path == in_cache


def test_publisher_is_asked_last_and_the_file_is_kept(tmp_path: Path, publisher: str) -> None:
    told: list[str] = []
    source = _source(f"{publisher}/figures.csv")
    found, missing = find_files([source], _settings(tmp_path), report=told.append)
    assert found["figures"][-1].path == tmp_path / "cache" / "people" / "figures.csv"
    assert found["figures"][-1].path.read_bytes() == CONTENT
    assert missing == []
    assert told == [f"downloading {publisher}/figures.csv"]


def test_offline_asks_no_publisher(tmp_path: Path, publisher: str) -> None:
    source = _source(f"{publisher}/figures.csv")
    found, missing = find_files([source], _settings(tmp_path, is_download_allowed=False))
    assert found == {}
    assert missing == [source]


def test_unknown_file_at_the_publisher_is_missing(tmp_path: Path, publisher: str) -> None:
    source = _source(f"{publisher}/other.csv")
    _, missing = find_files([source], _settings(tmp_path))
    assert missing == [source]


def test_other_file_at_the_publisher_is_an_error_and_is_not_kept(tmp_path: Path, publisher: str) -> None:
    source = _source(f"{publisher}/figures.csv", content=b"what we expected")
    with pytest.raises(ChecksumError, match="the publisher gave another"):
        find_files([source], _settings(tmp_path))
    assert not (tmp_path / "cache" / "people" / "figures.csv").exists()


@pytest.mark.parametrize("place", ["mirror", "cache"])
def test_wrong_checksum_is_an_error_that_tells_both(tmp_path: Path, place: str) -> None:
    _put(tmp_path / place, b"changed")
    with pytest.raises(ChecksumError) as caught:
        find_files([_source()], _settings(tmp_path))
    assert hashlib.sha256(CONTENT).hexdigest() in str(caught.value)
    assert hashlib.sha256(b"changed").hexdigest() in str(caught.value)


def test_missing_files_are_named_with_their_publisher(tmp_path: Path) -> None:
    message = str(missing_error([_source()], _settings(tmp_path)))
    assert "people/figures.csv (Urząd, https://urzad.example)" in message
    assert "by hand" in message


def test_boundaries_of_another_year_that_are_at_hand_are_offered(tmp_path: Path) -> None:
    boundaries = _source().model_copy(update={"kind": "boundaries", "vintage": "2026"})
    file = SourceFile(path="borders/2019.geojson", sha256="0" * 64)
    other = [OtherBoundaries(name="Granice", vintage="2019", files=(file,))]
    settings = _settings(tmp_path)

    def said(source: Source, settings: Settings) -> str:
        return str(missing_error([source], settings, other_boundaries=other))

    assert "SUPPORT_MAP_BOUNDARIES" not in said(boundaries, settings)
    (tmp_path / "mirror" / "borders").mkdir(parents=True)
    (tmp_path / "mirror" / file.path).touch()
    assert "set SUPPORT_MAP_BOUNDARIES=2019" in said(boundaries, settings)
    assert "SUPPORT_MAP_BOUNDARIES" not in said(_source(), settings)
    assert "unset it" in said(boundaries, replace(settings, boundaries="2019"))
