"""How often somebody did something in a while: counted in this process alone, and forgotten when the while is over."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock


class Turns:
    """
    Counts the turns of each name within a while that slides; a restart forgets them all.

    Parameters
    ----------
    most
        How many turns a name has in a while.
    while_s
        How long a while is, in seconds.
    """

    def __init__(self, most: int, while_s: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._while_s, self._clock = most, while_s, clock
        self._times: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def take(self, name: str) -> bool:
        """Count a turn of a name, unless it had too many in a while."""
        with self._lock:
            since = self._clock() - self._while_s
            for other in [one for one, times in self._times.items() if times[-1] < since]:
                del self._times[other]
            times = self._times[name]
            while times and times[0] < since:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(self._clock())
            return True

    def names(self) -> frozenset[str]:
        """Return who had a turn that is not forgotten yet."""
        return frozenset(self._times)
