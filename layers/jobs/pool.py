"""The processes that compute: few, less urgent than pages, each job ended at its limit, all of them with the server."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future

from pebble import ProcessFuture, ProcessPool

from layers.answers.errors import JobLostError, JobTooLongError
from layers.jobs.job import Job
from layers.jobs.parcel import Parcel, perform

log = logging.getLogger(__name__)
Outcome = Parcel | Exception
_NICENESS, _MOST_TASKS = 5, 500
_IMPORTED = ["layers.jobs.work", "layers.export.area_sheet", "layers.export.snapshot"]


class WorkerPool:
    """
    Processes that are started when the first job comes.

    Parameters
    ----------
    workers
        How many.
    limit_s
        How long a job may take.
    niceness
        How much less urgent than this process they are: a page that is ready to be drawn comes first where cores are
        short.
    most_tasks
        After so many a process is made anew, so that what libraries lose of memory does not add up; 0 is never.
    """

    def __init__(
        self, *, workers: int, limit_s: float, niceness: int = _NICENESS, most_tasks: int = _MOST_TASKS
    ) -> None:
        self.workers, self.limit_s = workers, limit_s
        self._niceness, self._most_tasks = niceness, most_tasks
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Start the processes before anybody asks; nobody waits for that."""
        threading.Thread(target=self._running_pool, daemon=True).start()

    def start(self, job: Job, done: Callable[[Outcome], None]) -> Callable[[], None]:
        """
        Begin a job; return what ends it at once.

        `done` is called once, from another thread: with the parcel, or with why there is none. After the job was
        ended from here it is not called.
        """
        started = _Started()
        # Starting processes takes seconds the first time; nobody else has to wait for that.
        threading.Thread(target=self._start, args=(job, done, started), daemon=True).start()
        return started.end

    def _start(self, job: Job, done: Callable[[Outcome], None], started: "_Started") -> None:
        try:
            future = self._schedule(job)
        except Exception as error:
            # In a thread of its own nobody else would tell whoever waits, whatever it was.
            log.exception("no process to compute in")
            done(error)
            return
        future.add_done_callback(lambda ended: self._tell(job, ended, done))
        started.begin(future)

    def _tell(self, job: Job, ended: Future[Parcel], done: Callable[[Outcome], None]) -> None:
        try:
            outcome: Outcome = ended.result()
        except CancelledError:
            return
        except TimeoutError:
            outcome = JobTooLongError(
                f"expected an answer within {self.limit_s:g} s, found none and ended {job.name}; "
                "ask for a smaller area or distance",
                work=job.name,
            )
        except Exception as error:  # noqa: BLE001 - whatever became of the process
            outcome = JobLostError(
                f"expected the answer of {job.name}, found its process ended ({error}); "
                "look at the memory of the server",
                work=job.name,
            )
        done(outcome)

    def close(self) -> None:
        """End all processes, whatever they do; the next job starts new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            threading.Thread(target=_stop, args=(pool,), daemon=True).start()

    def _give_up(self, pool: ProcessPool) -> None:
        """End the processes of a pool that takes no more work; not those that another job has started meanwhile."""
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        threading.Thread(target=_stop, args=(pool,), daemon=True).start()

    def _schedule(self, job: Job) -> ProcessFuture[Parcel]:
        for _ in range(2):
            pool = self._running_pool()
            try:
                return pool.schedule(perform, args=(job,), timeout=self.limit_s)
            except RuntimeError as error:
                # An idle process was ended from outside; this pool takes no more work.
                log.warning("the processes that compute are started anew: %s", error)
                self._give_up(pool)
        raise JobLostError("expected a process to compute in, found none; restart the server", work=job.name)

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                self._pool = self._new_pool()
                # Pebble starts its processes when it is first asked whether they run.
                if not self._pool.active:
                    raise JobLostError("expected processes to compute in, found none; restart the server")
            return self._pool

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        # Imported once; each process is then a copy, ready in some hundredths of a second.
        context.set_forkserver_preload(_IMPORTED)
        return ProcessPool(
            max_workers=self.workers,
            max_tasks=self._most_tasks,
            initializer=_begin_worker,
            initargs=(self._niceness,),
            context=context,
        )


class _Started:
    """A job on its way to a process; it may be ended before it is there."""

    def __init__(self) -> None:
        self._future: ProcessFuture[Parcel] | None = None
        self._is_ended = False
        self._lock = threading.Lock()

    def begin(self, future: ProcessFuture[Parcel]) -> None:
        with self._lock:
            self._future = future
            is_ended = self._is_ended
        if is_ended:
            future.cancel()

    def end(self) -> None:
        with self._lock:
            self._is_ended = True
            future = self._future
        if future is not None:
            future.cancel()


def _stop(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _begin_worker(niceness: int) -> None:
    """Prepare a process: it is as urgent as it should be, ends when told to, and does not outlive the server."""
    os.nice(niceness)
    # A handler in Python would wait for the end of a long call into C.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_server, daemon=True).start()


def _end_with_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)
