"""The figures of one view, a module a subject; `expected.py` has them all."""
