"""What one would write first: ruamel.yaml's round trip, JSON's types, and the pydantic models, one file at a time."""

from __future__ import annotations

import json
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.loops.files import from_command_line
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party

yaml = YAML()
for each in map(Path, from_command_line()):
    values = json.loads(json.dumps(yaml.load(each), default=str))
    if each.parent.name == "parties":
        Party.model_validate({**values, "id": each.stem})
    elif each.name == "case.yaml":
        CaseHeader.model_validate({**values, "id": each.parent.name})
    else:
        kind = Kind.of(values.pop("kind"))
        assert kind is not None
        KINDS[kind].model_validate({**values, "id": each.stem})
