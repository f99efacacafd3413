"""How many files the server may have open: each tab that is open or was just left holds four of them."""

import resource
from typing import Final

MOST_OPEN: Final = 65_536


def allow_open_files() -> int:
    """
    Raise the limit of this process as far as the system allows it; return what it is then.

    Most systems begin with 1,024, which 250 open tabs use up; then nobody is let in, and the log fills with that.
    """
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if most == resource.RLIM_INFINITY else min(most, MOST_OPEN)
    if limit == resource.RLIM_INFINITY or limit >= wanted:
        return limit
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted
