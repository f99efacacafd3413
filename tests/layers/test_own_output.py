"""Whoever reads a command's output reads nothing that a library prints."""

import subprocess
import sys

PROGRAM = """
import ctypes
from layers.own_output import keep_output
keep_output()
print("żółć")
ctypes.CDLL(None).printf(b"a line of a solver\\n")
print("{}")
"""


def test_what_c_prints_is_no_output_of_the_command():
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    assert ran.stdout.decode().splitlines() == ["żółć", "{}"]
    assert ran.stderr.decode().splitlines() == ["a line of a solver"]
