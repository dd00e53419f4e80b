"""The rows that Python programs get, and the mappings in rows and problems: a class for each table and each sort.

`table` makes them from the columns, and `make bless` writes of the columns what type checkers read, `rows.pyi`.
"""

from datetime import date  # noqa: F401 - the types of fields name it

from ogpcase.api.table import CLASSES

__all__ = sorted(CLASSES)  # noqa: PLE0605 - made from the columns
globals().update(CLASSES)
