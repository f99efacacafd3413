"""One typed object for everything that the environment decides."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from geo.errors import SupportMapError

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_MIRROR = REPOSITORY.parent / "shared" / "data"
"""Where the publishers' files are looked for when the environment names no folder."""
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


OWN_EXAMPLE = REPOSITORY / "data" / "example" / "region" / "catalogue.toml"
"""The example region that comes with the application."""


class SettingsError(SupportMapError, ValueError):
    """A variable of the environment has a value that means nothing."""


def example_catalogue(environment: Mapping[str, str] | None = None) -> Path:
    """
    Return the catalogue of the example region; `SUPPORT_MAP_EXAMPLE` names another one, as the tests do.

    Raises
    ------
    SettingsError
        If the variable names no file.
    """
    env = os.environ if environment is None else environment
    named = env.get("SUPPORT_MAP_EXAMPLE")
    if not named:
        return OWN_EXAMPLE
    if not Path(named).is_file():
        raise SettingsError(
            f"SUPPORT_MAP_EXAMPLE: expected the catalogue (TOML) of an example region, found {named!r}, which is "
            "no file; correct the variable, or unset it for the region that comes with the application",
            variable="SUPPORT_MAP_EXAMPLE",
            found=named,
        )
    return Path(named)


def own_catalogue(environment: Mapping[str, str] | None = None) -> Path | None:
    """
    Return the operator's own catalogue that stands beside ours, which `SUPPORT_MAP_CATALOGUE` names; None without.

    Raises
    ------
    SettingsError
        If the variable names no file.
    """
    env = os.environ if environment is None else environment
    named = env.get("SUPPORT_MAP_CATALOGUE", "").strip()
    if named and not Path(named).is_file():
        raise _wrong("SUPPORT_MAP_CATALOGUE", "the path of a catalogue (TOML) of your own", named)
    return Path(named) if named else None


def database_address(environment: Mapping[str, str] | None = None) -> str:
    """Return the SQLAlchemy address of the database, `SUPPORT_MAP_DATABASE_URL` or an SQLite file in `var/`."""
    env = os.environ if environment is None else environment
    return env.get("SUPPORT_MAP_DATABASE_URL") or f"sqlite:///{REPOSITORY / 'var' / 'support_map.sqlite'}"


def own_data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the operator's own data: `SUPPORT_MAP_OWN_DATA`, or beside the database."""
    env = os.environ if environment is None else environment
    named = env.get("SUPPORT_MAP_OWN_DATA")
    return Path(named) if named else _beside_database(database_address(env))


LEAST_JOBS_PER_ADDRESS = 30
"""A library or an office is one address: whoever reads there may not be kept out by the others."""
_MOST_WORKERS = 4
_LEAST_KEY = 32


@dataclass(frozen=True)
class Settings:
    """
    What the environment says; entry points read it once and pass it down.

    Attributes
    ----------
    database_url
        SQLAlchemy address. Default: an embedded SQLite file in `var/`.
    mirror
        Folder with the publishers' files, or None when there is none.
    cache
        Folder for files downloaded from publishers.
    is_download_allowed
        Whether a source missing from mirror and cache may be fetched from its publisher.
    boundaries
        Year of the boundaries that a load takes from the catalogue of the real sources; None takes its own, the newest.
    geocoder_url
        Address service that a load asks for the doors of public facilities; None asks nobody (docs/geocoding.md).
    wms
        A background map under the areas (WMS), asked by the visitor's browser; None: no map asks another host.
    wms_layers, wms_attribution
        Its layers, and whose it is, as every map then says.
    catalogue
        The operator's own catalogue, whose sources are added to ours; None: ours alone (docs/adding-a-register.md).
    own_data
        Folder of the files that loaded sheets leave (docs/own-data.md): beside the database; None keeps none.
    roads
        A road network (`.graphml` or `.osm.pbf`) for ways by car and on foot; None offers straight lines only
        (docs/roads.md).
    jobs
        How many processes compute what no cache holds (docs/jobs.md); 0 computes in the thread of the page.
    job_seconds
        After how long such a computation is ended.
    jobs_waiting
        How many of them may wait or run at once.
    is_behind_proxy
        Whether a proxy that the operator trusts says the visitor's address (the last of `X-Forwarded-For`).
    jobs_per_address
        How many of them one address may have waiting or running; needs `is_behind_proxy`.
    status_token
        Opens the details of `/readyz` and the metrics to who does not ask from the server itself; None opens them to
        nobody else (docs/deployment.md).
    form_key
        What forms of readers are signed with; None: what `form_key_file` holds, which is made where there is none.
    """

    database_url: str
    mirror: Path | None
    cache: Path
    is_download_allowed: bool = True
    boundaries: str | None = None
    geocoder_url: str | None = None
    roads: Path | None = None
    catalogue: Path | None = None
    own_data: Path | None = None
    wms: str | None = None
    wms_layers: str = "Raster"
    wms_attribution: str = "GUGiK (geoportal.gov.pl)"
    jobs: int = 0
    job_seconds: int = 60
    jobs_waiting: int = 60
    is_behind_proxy: bool = False
    jobs_per_address: int = LEAST_JOBS_PER_ADDRESS
    status_token: str | None = field(default=None, repr=False)
    form_key: str | None = field(default=None, repr=False)
    form_key_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """
        Read `SUPPORT_MAP_DATABASE_URL`, `_MIRROR`, `_CACHE`, `_OFFLINE`, `_BOUNDARIES`, `_GEOCODER_URL` and `_ROADS`.

        And `_CATALOGUE`, `_OWN_DATA`, `_WMS…`, `_STATUS_TOKEN` and `_FORM_KEY`. An empty `SUPPORT_MAP_MIRROR` turns the
        mirror off; without the variable, `../shared/data` beside the repository is used when it exists.

        `_JOBS` (default: one process fewer than there are cores, 1 to 4), `_JOB_SECONDS`, `_JOBS_WAITING`,
        `_TRUSTED_PROXY` and `_JOBS_PER_ADDRESS` are about long computations.

        Raises
        ------
        SettingsError
            If a value means nothing, or a number is too small.
        """
        env = os.environ if environment is None else environment
        mirror_text = env.get("SUPPORT_MAP_MIRROR")
        if mirror_text is None:
            mirror = DEFAULT_MIRROR if DEFAULT_MIRROR.is_dir() else None
        else:
            mirror = Path(mirror_text) if mirror_text else None
        database_url = database_address(env)
        return cls(
            database_url=database_url,
            mirror=mirror,
            cache=Path(env.get("SUPPORT_MAP_CACHE") or platformdirs.user_cache_dir("support-map")),
            is_download_allowed=not _is_yes(env, "SUPPORT_MAP_OFFLINE"),
            boundaries=env.get("SUPPORT_MAP_BOUNDARIES", "").strip() or None,
            geocoder_url=_web_address(env, "SUPPORT_MAP_GEOCODER_URL"),
            roads=Path(env["SUPPORT_MAP_ROADS"]) if env.get("SUPPORT_MAP_ROADS") else None,
            catalogue=own_catalogue(env),
            own_data=own_data_folder(env),
            wms=_secure_address(env, "SUPPORT_MAP_WMS"),
            wms_layers=env.get("SUPPORT_MAP_WMS_LAYERS", "").strip() or cls.wms_layers,
            wms_attribution=env.get("SUPPORT_MAP_WMS_ATTRIBUTION", "").strip() or cls.wms_attribution,
            jobs=_number(env, "SUPPORT_MAP_JOBS", default=_usual_workers(), least=0),
            job_seconds=_number(env, "SUPPORT_MAP_JOB_SECONDS", default=cls.job_seconds, least=1),
            jobs_waiting=_number(env, "SUPPORT_MAP_JOBS_WAITING", default=cls.jobs_waiting, least=1),
            is_behind_proxy=_is_yes(env, "SUPPORT_MAP_TRUSTED_PROXY"),
            jobs_per_address=_number(
                env,
                "SUPPORT_MAP_JOBS_PER_ADDRESS",
                default=cls.jobs_per_address,
                least=LEAST_JOBS_PER_ADDRESS,
            ),
            status_token=env.get("SUPPORT_MAP_STATUS_TOKEN") or None,
            form_key=_form_key(env),
            form_key_file=_beside_database(database_url).with_suffix(".forms_key"),
        )

    def roads_of(self, *, is_invented: bool) -> Path | None:
        """Return the road network to use; the example region has a small one of its own, and no other fits it."""
        own = example_catalogue().parent / "roads.graphml"
        return own if is_invented and own.is_file() else self.roads

    def require_folders(self) -> None:
        """
        Check the folders that a load reads and writes: a mistyped mirror is another fault than one without files.

        Raises
        ------
        SettingsError
            If the mirror is no folder, or the cache is a file.
        """
        if self.mirror is not None and not self.mirror.is_dir():
            raise _wrong("SUPPORT_MAP_MIRROR", "a folder with the publishers' files", str(self.mirror))
        if self.cache.exists() and not self.cache.is_dir():
            raise _wrong("SUPPORT_MAP_CACHE", "a folder, which is made if there is none", str(self.cache))


def _beside_database(database_url: str) -> Path:
    """Return the folder for what an operator typed in: beside an SQLite file, as it is part of what that one holds."""
    _, _, path = database_url.partition("sqlite:///")
    return Path(path).with_suffix(".own") if path else REPOSITORY / "var" / "own"


def _is_yes(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "").strip().lower()
    if text not in _YES | _NO:
        raise _wrong(name, "1 or 0", text)
    return text in _YES


def _web_address(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name, "").strip()
    if text and not (text.startswith(("https://", "http://")) and urlsplit(text).hostname):
        raise _wrong(name, "an address such as https://services.gugik.gov.pl/uug/", text)
    return text or None


def _secure_address(env: Mapping[str, str], name: str) -> str | None:
    """Return an address that a page may name in its security policy: https, a plain host, no query."""
    text = env.get(name, "").strip()
    parts = urlsplit(text)
    is_plain = bool(re.fullmatch(r"[A-Za-z0-9.-]+(?::\d{1,5})?", parts.netloc)) and not (
        parts.query or parts.fragment
    )
    if text and not (parts.scheme == "https" and is_plain):
        raise _wrong(
            name,
            "an https address without a query, such as https://mapy.geoportal.gov.pl/wss/service/…",
            text,
        )
    return text or None


def _wrong(name: str, expected: str, found: str) -> SettingsError:
    return SettingsError(
        f"{name}: expected {expected}, found {found!r}; correct the variable, or unset it for the default",
        variable=name,
        found=found,
    )


def _form_key(env: Mapping[str, str]) -> str | None:
    """Return the key of forms; one that can be guessed is refused, and not repeated."""
    text = env.get("SUPPORT_MAP_FORM_KEY", "").strip()
    if text and len(text) < _LEAST_KEY:
        raise _wrong("SUPPORT_MAP_FORM_KEY", f"a secret of at least {_LEAST_KEY} characters", "a shorter one")
    return text or None


def _usual_workers() -> int:
    """Return one process fewer than there are cores, so that one is left for light pages; each holds about 0.5 GB."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(max(1, cores - 1), _MOST_WORKERS)


def _number(env: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    """Return a whole number of the environment."""
    text = env.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise _wrong(name, f"a whole number of at least {least}", text)
    return int(text)
