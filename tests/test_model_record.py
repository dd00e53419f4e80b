"""What records promise beside their fields: they quote no value when they refuse one, and all events begin alike."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ogpcase.model.casefile import Related
from ogpcase.model.codelists import Kind, Relation
from ogpcase.model.events import KINDS


def test_what_is_refused_is_not_quoted() -> None:
    with pytest.raises(ValidationError) as caught:
        Related(case="Not An Id", relation=Relation.PRECEDENT)
    assert "Not An Id" not in str(caught.value)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_the_fields_of_every_event_first(kind: Kind) -> None:
    names = list(KINDS[kind].model_fields)
    assert ["id", "title", "summary", "dated"] == names[:4]
    assert kind is KINDS[kind].kind
