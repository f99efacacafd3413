"""
HSDS 3.1, the exchange format of the field: what of ours goes where, writing and reading it.

The Human Services Data Specification (Open Referral) has two forms, JSON and a tabular data package; both are
written from the same nested objects and read into the same flat tables. docs/data-model.md lays the two models
side by side.
"""

from data.hsds.reading import HsdsReading, read_hsds
from data.hsds.tabular import write_hsds_package
from data.hsds.writing import write_hsds_json

__all__ = ["HsdsReading", "read_hsds", "write_hsds_json", "write_hsds_package"]
