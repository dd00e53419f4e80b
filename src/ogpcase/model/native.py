"""The one door to pydantic's validator: the compiled half of `pydantic_core`, alone.

The other half is the types that its schemas may be annotated with. To import them takes as long as all of Typer does
beside what the two share, and nothing is bound by them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

__all__ = ["PydanticCustomError", "SchemaValidator", "ValidationError"]

_PACKAGE, _HALF = "pydantic_core", "pydantic_core._pydantic_core"


def _load() -> None:
    """Puts the compiled half where `pydantic_core` will look for it, should anybody import that later.

    Where it is not found in its place, nothing is done: the import that follows brings the whole package.
    """
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    package = PathFinder.find_spec(_PACKAGE)
    spec = PathFinder.find_spec(_HALF, package.submodule_search_locations) if package else None
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[_HALF] = module


if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError
else:
    if _PACKAGE not in sys.modules and _HALF not in sys.modules:
        _load()
    half = sys.modules.get(_HALF)
    if half is None:
        import pydantic_core as half
    PydanticCustomError, SchemaValidator, ValidationError = (getattr(half, name) for name in __all__)
