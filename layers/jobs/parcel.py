"""What comes back from another process: bytes, because whatever cannot be read there would break the channel."""

import pickle
import traceback
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from geo.errors import SupportMapError
from layers.answers.errors import JobLostError
from layers.jobs.bench import run
from layers.jobs.job import Job


@dataclass(frozen=True)
class Parcel:
    """A packed value, or a packed error."""

    is_value: bool
    content: bytes

    def unpack(self) -> Any:
        """Return the value, or raise the error."""
        content = pickle.loads(self.content)  # noqa: S301 - made by our own process of our own values
        if self.is_value:
            return content
        raise content


def perform(job: Job) -> Parcel:
    """Compute a job; what it raises is packed, too."""
    try:
        return pack(run(job))
    except MemoryError:
        return pack_error(
            JobLostError(f"expected {job.name} to fit into memory, found that it does not", work=job.name)
        )
    except Exception as error:  # noqa: BLE001 - it is raised again where the page waits
        return pack_error(error)


def pack(value: Any) -> Parcel:
    """Pack a value."""
    return Parcel(is_value=True, content=pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def pack_error(error: Exception) -> Parcel:
    """
    Pack an error with its class, message and facts.

    One that cannot be packed gives way to the closest that can, so that a page has words for it. The lines that it came
    through go along for the log; they hold no values.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    for candidate in (error, _plain(error)):
        try:
            candidate.add_note(f"In the process of the job:\n{frames}")
            content = pickle.dumps(candidate, pickle.HIGHEST_PROTOCOL)
            if type(pickle.loads(content)) is type(candidate):  # noqa: S301
                return Parcel(is_value=False, content=content)
        except Exception:  # noqa: BLE001, S112 - whatever a foreign class does when it is packed
            continue
    raise AssertionError("a plain error can be packed")


def _plain(error: Exception) -> Exception:
    """Return an error of our own or of the database layer in place of one that cannot be packed."""
    if isinstance(error, SQLAlchemyError):
        # The statement and its values stay behind: they may be private.
        return SQLAlchemyError(type(error).__name__)
    if isinstance(error, SupportMapError):
        return SupportMapError(str(error))
    return RuntimeError(f"{type(error).__name__} in the process of a job")
