"""Where tests find what is written down for them."""

from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "tests" / "examples"
GOLDEN = REPOSITORY / "tests" / "golden"
REGISTERS = REPOSITORY / "data" / "registers"
