"""A command's standard output is its own: what a library prints there goes to standard error."""

import os
import sys
from io import TextIOWrapper


def keep_output() -> None:
    """
    Let only this program write to its standard output.

    HiGHS now and then prints a line of its own from C, past every option and past Python, which would stand between the
    lines of JSON. It is sent to standard error until the program ends, for C writes what it holds back only then.
    """
    sys.stdout.flush()
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = TextIOWrapper(own, encoding=sys.stdout.encoding, errors=sys.stdout.errors)
