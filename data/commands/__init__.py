"""What `python -m data` can do, one module for each kind of command."""
