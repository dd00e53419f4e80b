"""The titles of fields and codes, by which a table may call them in English, Spanish and French."""

from __future__ import annotations

from ogpcase.model.base import Frozen, about
from ogpcase.model.codelists import CODELISTS, Kind
from ogpcase.model.events import KINDS
from ogpcase.model.field_names import label_of, noun_of
from ogpcase.model.items import Finding
from ogpcase.model.questions import fields_of


def test_every_field_has_a_title_in_three_languages_and_no_title_is_of_two_fields_of_a_kind() -> None:
    fields = [field for field in fields_of(*Kind) if not field.in_copies]
    assert [] == [field.name for field in fields if len(field.titles) < 3]
    for kind in Kind:
        titled = [(title.casefold(), field.name) for field in fields_of(kind) for title in dict.fromkeys(field.titles)]
        of_title = {title: {name for other, name in titled if other == title} for title, _ in titled}
        assert {} == {title: names for title, names in of_title.items() if len(names) > 1}


def test_a_name_has_one_label_and_one_noun_wherever_it_is_declared() -> None:
    """Views know a field by its name alone, so that two models may not call one name differently."""
    models: list[type[Frozen]] = [*KINDS.values(), Finding]
    declared = [(field.alias or name, about(field)) for model in models for name, field in model.model_fields.items()]
    said = {(name, each.label, each.noun) for name, each in declared if each.label or each.noun}
    assert len(said) == len({name for name, _label, _noun in said})
    assert {(label_of(name), noun_of(name)) for name, _label, _noun in said} == {
        (label or name.replace("_", " "), noun or label) for name, label, noun in said
    }


def test_a_field_is_called_by_its_label_its_name_or_a_noun() -> None:
    assert ("addressed domestically", "addressed domestically") == (label_of("addressed"), noun_of("addressed"))
    assert ("moves to", "step") == (label_of("moves_to"), noun_of("moves_to"))
    assert ("report type", "report type") == (label_of("report_type"), noun_of("report_type"))
    assert "for" == label_of("for_")


def test_no_word_means_two_codes_of_a_list() -> None:
    for codes in CODELISTS:
        words = [(word.casefold(), code) for code in codes for word in {str(code), code.label, *code.others}]
        assert {} == {
            word: code for word, code in words for other, second in words if word == other and code is not second
        }


def test_every_kind_has_words_in_spanish_and_french() -> None:
    assert [] == [kind for kind in Kind if len(kind.others) < 2]
