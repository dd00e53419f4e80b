"""Of two libraries only the compiled half is loaded; whoever asks for the whole in the same run gets the whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = "from ogpcase.yamltree import parse; assert {'a': 'b'} == parse(b'a: b\\n', 'a.yaml').tree.value"
BIND = """
from ogpcase.model.bind import bind_party
bound = bind_party({'name': 'A', 'classification': 'other'}, 'a', 'parties/a.yaml')
assert bound.record and not bound.problems
bound = bind_party({'name': 'A', 'classification': 'none'}, 'a', 'parties/a.yaml')
assert bound.problems
"""
YAML = """
import yaml
assert {'a': [1]} == yaml.load('a: [1]', yaml.CSafeLoader) == yaml.load('a: [1]', yaml.SafeLoader)
assert 'a: 1\\n' == yaml.safe_dump({'a': 1}) == yaml.dump({'a': 1}, Dumper=yaml.CSafeDumper)
assert yaml.__with_libyaml__ and yaml.__version__
for loader in (yaml.CSafeLoader, yaml.SafeLoader):
    for text in ('a: \\x01', 'a: [', '&a *b', '- : : -'):
        try:
            yaml.load(text, loader)
        except yaml.YAMLError:
            continue
        raise AssertionError(text)
import yaml.reader, yaml.nodes
assert yaml.reader.ReaderError and yaml.nodes.Node
"""
PYDANTIC = """
import pydantic, pydantic_core
from pydantic_core import core_schema, _pydantic_core
from ogpcase.model.native import ValidationError
assert pydantic.ValidationError is pydantic_core.ValidationError is ValidationError is _pydantic_core.ValidationError
assert core_schema.str_schema()
class One(pydantic.BaseModel):
    number: int
assert 3 == One(number='3').number
"""


@pytest.mark.parametrize(
    "parts",
    [(READ, YAML), (YAML, READ), (BIND, PYDANTIC), (PYDANTIC, BIND)],
    ids=["yaml after", "yaml before", "pydantic after", "pydantic before"],
)
def test_the_whole_is_there_for_who_asks(parts: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join((*parts, *parts))], capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("does", "absent"), [(READ, "yaml.reader"), (READ, "yaml.resolver"), (BIND, "pydantic_core.core_schema")]
)
def test_only_the_half_is_loaded(does: str, absent: str) -> None:
    code = f"{does}\nimport sys; assert '{absent}' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
