"""libyaml's parser without the rest of PyYAML, whose package imports writers, schemas and a reader in pure Python.

Their patterns alone take longer to compile than a case of thirty records takes to read.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType, SimpleNamespace

_PACKAGE = "yaml"
_ELSEWHERE = ("reader", "constructor", "emitter", "serializer", "representer")
"""What the parser's module takes nothing from but an error."""


class _Unopened(ModuleType):
    """PyYAML's package before it has run: it runs when anything is asked of it that is not there."""

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on it is one like any other
        spec.loader.exec_module(self)
        return getattr(self, name)


def prepare() -> None:
    """Loads the parser's module, so that to import it again costs nothing; PyYAML is whole for all who ask for it.

    Does nothing where PyYAML is there already, or not where it is looked for. Raises ImportError without libyaml.
    """
    spec = None if _PACKAGE in sys.modules else PathFinder.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return
    package = sys.modules[_PACKAGE] = _unopened(spec)
    try:
        _load_parser(package)
    except Exception:  # noqa: BLE001 - another PyYAML than those known: it shall say itself what it lacks
        for name in [each for each in sys.modules if each.split(".")[0] == _PACKAGE and sys.modules.get(each)]:
            del sys.modules[name]


def _unopened(spec: ModuleSpec) -> ModuleType:
    package = _Unopened(_PACKAGE)
    package.__spec__, package.__loader__, package.__file__ = spec, spec.loader, spec.origin
    package.__path__ = list(spec.submodule_search_locations or ())
    package.__package__ = _PACKAGE
    return package


def _load_parser(package: ModuleType) -> None:
    for part in ("error", "nodes", "events", "tokens", "scanner", "parser", "composer"):
        import_module(f"{_PACKAGE}.{part}")
    stand_ins = {part: _with_error(part, vars(package)["error"].YAMLError) for part in _ELSEWHERE}
    vars(package).update(stand_ins)
    import_module(f"{_PACKAGE}._yaml")
    for part, stand_in in stand_ins.items():
        if vars(package).get(part) is stand_in:
            delattr(package, part)


def _with_error(part: str, above: type[Exception]) -> SimpleNamespace:
    """Stands in for a module while the parser's takes its error, which no parser raises but the reader's."""
    name = f"{part.capitalize()}Error"
    return SimpleNamespace(**{name: type(name, (above,), {})})
