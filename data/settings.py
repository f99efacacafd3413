"""One typed object for everything that the environment decides."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from geo.errors import SupportMapError

REPOSITORY = Path(__file__).resolve().parent.parent


LEAST_JOBS_PER_ADDRESS = 30
"""A library or an office is one address: whoever reads there may not be kept out by the others."""
_MOST_WORKERS = 4


class SettingError(SupportMapError, ValueError):
    """A variable of the environment holds what it cannot."""


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
    geocoder_url
        Address service that a load asks for the doors of public facilities; None asks nobody (docs/geocoding.md).
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
    """

    database_url: str
    mirror: Path | None
    cache: Path
    is_download_allowed: bool = True
    geocoder_url: str | None = None
    roads: Path | None = None
    jobs: int = 0
    job_seconds: int = 60
    jobs_waiting: int = 60
    is_behind_proxy: bool = False
    jobs_per_address: int = LEAST_JOBS_PER_ADDRESS

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """
        Read `SUPPORT_MAP_DATABASE_URL`, `_MIRROR`, `_CACHE`, `_OFFLINE`, `_GEOCODER_URL` and `_ROADS`.

        An empty `SUPPORT_MAP_MIRROR` turns the mirror off; without the variable, `../shared/data` beside the
        repository is used when it exists.

        `_JOBS` (default: one process fewer than there are cores, 1 to 4), `_JOB_SECONDS`, `_JOBS_WAITING`,
        `_TRUSTED_PROXY` and `_JOBS_PER_ADDRESS` are about long computations.

        Raises
        ------
        SettingError
            If a number is none, or too small.
        """
        env = os.environ if environment is None else environment
        mirror_text = env.get("SUPPORT_MAP_MIRROR")
        default_mirror = REPOSITORY.parent / "shared" / "data"
        if mirror_text is None:
            mirror = default_mirror if default_mirror.is_dir() else None
        else:
            mirror = Path(mirror_text) if mirror_text else None
        default_database = REPOSITORY / "var" / "support_map.sqlite"
        return cls(
            database_url=env.get("SUPPORT_MAP_DATABASE_URL") or f"sqlite:///{default_database}",
            mirror=mirror,
            cache=Path(env.get("SUPPORT_MAP_CACHE") or platformdirs.user_cache_dir("support-map")),
            is_download_allowed=env.get("SUPPORT_MAP_OFFLINE", "") not in {"1", "true", "yes"},
            geocoder_url=env.get("SUPPORT_MAP_GEOCODER_URL") or None,
            roads=Path(env["SUPPORT_MAP_ROADS"]) if env.get("SUPPORT_MAP_ROADS") else None,
            jobs=_number(env, "SUPPORT_MAP_JOBS", default=_usual_workers(), least=0),
            job_seconds=_number(env, "SUPPORT_MAP_JOB_SECONDS", default=cls.job_seconds, least=1),
            jobs_waiting=_number(env, "SUPPORT_MAP_JOBS_WAITING", default=cls.jobs_waiting, least=1),
            is_behind_proxy=env.get("SUPPORT_MAP_TRUSTED_PROXY", "") in {"1", "true", "yes"},
            jobs_per_address=_number(
                env,
                "SUPPORT_MAP_JOBS_PER_ADDRESS",
                default=cls.jobs_per_address,
                least=LEAST_JOBS_PER_ADDRESS,
            ),
        )


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
        raise SettingError(
            f"expected a whole number of at least {least} in {name}, found {text!r}; "
            f"correct it, or unset it for {default}",
            setting=name,
            found=text,
        )
    return int(text)
