"""
How much a register file may claim: beyond these figures it is a mistake or an attack, and is refused before reading.

The largest register we know has under a thousand rows; loads are measured with 100,000. Each limit is a few times that.
"""

MOST_FILE_BYTES = 200 * 2**20
MOST_ROWS = 300_000
MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000
"""Rows times columns up to the last cell that is not empty; readers hold the whole rectangle."""
MOST_UNPACKED_BYTES = 512 * 2**20
"""All parts of an archive together, as counted while unpacking, whatever its directory claims."""
MOST_UNPACK_RATIO = 300
"""Unpacked to packed size; sheets reach about 50, bombs 1,000."""
FREE_UNPACKED_BYTES = 16 * 2**20
"""Below this the ratio does not matter: a small sheet of one repeated word is no bomb."""
MOST_PARTS = 5_000
"""Files in an archive."""
MOST_READING_SECONDS = 120
MOST_READING_MEMORY_BYTES = 3 * 2**30
"""What the process that reads binary formats may ask for."""
