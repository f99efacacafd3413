"""Where commands tell how far they are: the error output, so that a file of their answer stays clean."""

import sys


def report(line: str) -> None:
    """Print one line of progress at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
