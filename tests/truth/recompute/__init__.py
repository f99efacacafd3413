"""
The figures of the application once more, from the raw files of the mirror and with none of its code.

Nothing here may import `geo`, `data` or `layers` (a test looks): two programs that share a function share its error. It
is the slow and obvious way on purpose: one reader a file, no loading, no database.
"""
