"""Hostile files, by what YAML can be made to say; and the largest files, in time and memory.

The rows are those of the threat list, in our words; what else holds them is in README.md here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hostile.folders import FORMATS, Row, file_of, folder_of, judged, letter
from tests.hostile.largest import LARGEST_RECORDS, USUAL
from tests.hostile.program import MOST_MEMORY, MOST_SECONDS, NEIGHBOUR, keeps_its_word, measured, run, with_neighbour
from tests.trials import HARD

from ogpcase.yamltree.limits import DEEPEST, MOST_NODES

ROWS = (
    # row, bytes, code, line
    Row("an alias bomb", letter(a="&a [x, x]", b="&b [*a, *a]", c="&c [*b, *b]", d="[*c, *c]"), "OC108", 6),
    Row("an alias alone", letter(basis="*a"), "OC109", 6),
    Row("a cycle", letter(basis="&a [*a]"), "OC109", 6),
    Row("a cycle of a mapping with itself", letter(basis="&a {b: *a}"), "OC108", 6),
    Row("20,000 aliases of a long text", letter(a=f'&a "{"x" * 20_000}"', b=f"[{'*a,' * 20_000}]"), "OC116", 7),
    Row("nested merge keys", letter(a="&a {x: y}", b="&b {<<: [*a, *a]}", c="{<<: [*b, *b]}"), "OC108", 6),
    Row("a merge key alone", letter(**{"<<": "{basis: a}"}), "OC111", 6),
    Row("a merge of itself", letter(a="&a {<<: *a}"), "OC109", 6),
    Row("brackets 100,000 deep", letter(basis="[" * 100_000), "OC115", 6),
    Row("braces 60,000 deep", letter(basis="{a: " * 60_000), "OC115", 6),
    Row("lists 60,000 deep in block style", letter(basis="\n" + "- " * 60_000 + "a"), "OC115", 7),
    Row("mappings 700 deep in block style", letter() + b"".join(b" " * n + b"a:\n" for n in range(700)), "OC115", 22),
    Row("a level too many", letter(basis="[" * DEEPEST + "]" * DEEPEST), "OC115", 6),
    Row("a node too many", letter(basis="[" + "a," * (MOST_NODES - 12) + "]"), "OC116", 6),
    Row("a tag of a type", letter(basis="!!str a"), "OC110", 6),
    Row("a tag that runs code elsewhere", letter(basis='!!python/object/apply:os.system ["true"]'), "OC110", 6),
    Row("a tag of one's own", letter(basis="!mine a"), "OC110", 6),
    Row("a tag by its full name", letter(basis="!<tag:yaml.org,2002:int> 7"), "OC110", 6),
    Row("a tag that no text fits", letter(basis="!!int foo"), "OC110", 6),
    Row("a tag of a float", letter(filer_count="!!float x"), "OC110", 6),
    Row("a tag of bytes", letter(basis="!!binary aGVsbG8="), "OC110", 6),
    Row("a tag of a set", letter(basis="!!set {a, b}"), "OC110", 6),
    Row("the tag that says nothing", letter(basis="! a"), "OC110", 6),
    Row("version 1.1", b"%YAML 1.1\n---\n" + letter(), "OC120", 1),
    Row("version 1.3", b"%YAML 1.3\n---\n" + letter(), "OC120", 1),
    Row("a tag's short form", b"%TAG ! tag:example.org,2018:\n---\n" + letter(), "OC120", 1),
    Row("several documents", letter() + b"---\n" + letter(), "OC112", 6),
    Row("a second document after an end", letter() + b"...\nkind: letter\n", "OC112", 7),
    Row("a number for a key", letter(**{"1": "x"}), "OC113", 6),
    Row("null for a key", letter(**{"~": "x"}), "OC113", 6),
    Row("a truth for a key", letter(true="x"), "OC113", 6),
    Row("a date for a key", letter(**{"2018-01-01": "x"}), "OC113", 6),
    Row("a list for a key", letter(**{"[a, b]": "x"}), "OC113", 6),
    Row("a list in braces for a key", letter(basis="{[[b]]: x}"), "OC113", 6),
    Row("a mapping for a key", letter(**{"? {a: b}\n": "x"}), "OC121", 6),
    Row("a key that readers disagree on", letter(on="x"), "OC118", 6),
    Row("a key twice", letter() + b"title: B\n", "OC107", 6),
    Row("a key twice by an escape", letter() + b'"\\x74itle": B\n', "OC107", 6),
    Row("a number and its text as keys", letter(basis='{1: a, "1": b}'), "OC107", 6),
    Row("keys that differ in how accents are written", letter() + "caf\u00e9: a\ncafe\u0301: b\n".encode(), "OC107", 7),
    Row("a key with a letter of another script", letter() + "t\u0456tle: x\n".encode(), "OC202", 6),
    Row("a key with a letter of no width", letter(**{"tit\u200ble": "x"}), "OC125", 6),
    Row("an integer of 5,000 digits", letter(signatory_count="9" * 5000), "OC118", 6),
    Row("an integer of 20,000 hexadecimal digits", letter(signatory_count="0x" + "F" * 20_000), "OC118", 6),
    Row("a float beyond all", letter(signatory_count="1e999"), "OC118", 6),
    Row("a float beyond all that readers agree on", letter(signatory_count="1.0e+999"), "OC208", 6),
    Row("not a number", letter(signatory_count=".nan"), "OC208", 6),
    Row("a number with an exponent", letter(basis="12e5"), "OC118", 6),
    Row("a number with a leading zero", letter(basis="0170"), "OC118", 6),
    Row("a number with underscores", letter(basis="1_000"), "OC118", 6),
    Row("a number in sixties", letter(basis="12:30:45.1"), "OC118", 6),
    Row("a truth of 1.1", letter(context="yes"), "OC118", 6),
    Row("Norway", letter(language="no"), "OC118", 6),
    Row("the value sign", letter(basis="="), "OC118", 6),
    Row("a dash in brackets", letter(cites="[-]"), "OC118", 6),
    Row("a month too many", letter(dated="2018-13-01"), "OC205", 3),
    Row("a day too many", letter(dated="2018-02-30"), "OC205", 3),
    Row("year 0", letter(dated="0000-01-01"), "OC205", 3),
    Row("year 10000", letter(dated='"10000-01-01"'), "OC205", 3),
    Row("a time of day", letter(dated="2018-01-01T25:61:61+99:99"), "OC205", 3),
    Row("seconds since 1970", letter(dated="1514764800"), "OC205", 3),
    Row("seconds since 1970 as text", letter(dated='"1514764800"'), "OC205", 3),
    Row("a date of weeks", letter(dated="2018-W01-1"), "OC205", 3),
    Row("a date with a line end", letter(dated='"2018-01-01\\n"'), "OC205", 3),
    Row("a date in other digits", letter(dated="\u0662\u0660\u0661\u0668-01-01"), "OC205", 3),
    Row("a date that is a list", letter(dated="[2018, 1, 1]"), "OC205", 3),
    Row("text cut off by a hash", letter(title="Report on case #4"), "OC128", 2),
    Row("a comment glued to a quote", letter(title='"a"#b'), "OC122", 2),
    Row("a key with a question mark", letter(**{"? basis\n": "x"}), "OC121", 6),
    Row("half of a pair, escaped", letter(title='"a \\ud800"'), "OC104", 2),
    Row("beyond the last character, escaped", letter(title='"a \\U00110000"'), "OC104", 2),
    Row("NUL, escaped", letter(title='"a \\0"'), "OC104", 2),
    Row("ESC, escaped", letter(title='"a \\e[2J"'), "OC104", 2),
    Row("an override, escaped", letter(title='"a \\u202e"'), "OC106", 2),
    Row("an isolate, escaped", letter(title='"a \\u2066"'), "OC106", 2),
    Row("a tag character, escaped", letter(title='"a \\U000e0041"'), "OC125", 2),
    Row("NEL, escaped", letter(title='"a \\N"'), "OC124", 2),
    Row("LS, escaped", letter(title='"a \\L"'), "OC124", 2),
    Row("CR, escaped", letter(title='"a \\r"'), "OC104", 2),
    Row("an escape that is none", letter(title='"a \\q"'), "OC101", 2),
    Row("a quote never closed", letter(title='"a'), "OC101", 2),
    Row("a bracket never closed", letter(cites="[a, b"), "OC101", 6),
    Row("quotes that swallow the next line", letter(title='"a', dated='b"'), "OC101", 3),
    Row("brackets that swallow the next line", letter(senders="[ogp,", addressees="ogp]"), "OC101", 5),
    Row("a comment that may be text", letter(summary=">\n \n   \n # a"), "OC101", 9),
    Row("two colons in a line", letter(title="Letter: the second"), "OC101", 2),
    Row("a backquote", letter(title="`a`"), "OC101", 2),
    Row("a field inside a list", letter(senders="{ogp: x}"), "OC202", 4),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("yaml"), ROWS)


@pytest.mark.parametrize("form", FORMATS)
def test_each_is_named_with_its_line_in_every_format(folder: Path, form: str) -> None:
    _, found = judged(folder, form)
    missed = [
        (row.row, row.code, row.line, found.get(file_of(number)))
        for number, row in enumerate(ROWS)
        if (row.code, row.line) not in found.get(file_of(number), ())
    ]
    assert [] == missed


def test_exactly_at_the_limits_a_record_is_read(tmp_path: Path) -> None:
    """One level and one node fewer than in the rows above: what is then wrong is the field, which is judged."""
    nodes = letter(basis="[" + "a," * (MOST_NODES - 13 - 2) + "]")
    deep = letter(title="Deep lists", basis="[" * (DEEPEST - 1) + "]" * (DEEPEST - 1))
    rows = (Row("nodes", nodes, "OC204", 6), Row("depth", deep, "OC204", 6))
    _, found = judged(folder_of(tmp_path, rows), "concise")
    assert [["OC204", "OC501"]] * 2 == [sorted({code for code, _ in found[file_of(number)]}) for number in range(2)]


def test_a_file_that_names_another_version_changes_no_other(tmp_path: Path) -> None:
    """A reader shared by all files would take the later ones for YAML 1.1, in which `no` is a truth."""
    rows = (Row("poison", b"%YAML 1.1\n---\n" + letter(), "OC120", 1), Row("victim", letter(basis="no"), "OC118", 6))
    _, found = judged(folder_of(tmp_path, rows), "concise")
    assert ("OC118", 6) in found[file_of(1)]


@pytest.mark.parametrize(("count", "more"), [(50, ""), (51, "1 more problem in this file is not shown"),
                                             (9_000, "8950 more problems in this file are not shown")])  # fmt: skip
@pytest.mark.parametrize("what", ["unknown fields", "unknown references"])
def test_fifty_problems_of_a_file_are_shown_and_the_rest_are_counted(
    tmp_path: Path, what: str, count: int, more: str
) -> None:
    """Those that stand first; what the parser itself reports it counts in the same way."""
    fields = "".join(f"f{number}: x\n" for number in range(count))
    cites = "cites: [" + ", ".join(f"2023-01-01-letter-n{number}" for number in range(count)) + "]\n"
    start = letter(sources='[{id: a, url: "https://example.org/"}]')
    cases = with_neighbour(tmp_path)
    data = start + (fields if what == "unknown fields" else cites).encode()
    (cases / "arcadia-2023" / "events" / "2023-02-02-letter-many.yaml").write_bytes(data)
    done = run(tmp_path, "validate", "--format", "concise")
    keeps_its_word(done, codes=(1,))
    assert NEIGHBOUR in done.out
    told = [line for line in done.out.splitlines() if "letter-many" in line]
    counted = [line.partition("] ")[2] for line in told if "OC228" in line]
    assert ([more] if more else []) == counted
    assert 50 == len(told) - len(counted)


def hard(name: str) -> object:
    """A large record, left to a hard run unless it is one of the usual."""
    only_hard = pytest.mark.skipif(not HARD and name not in USUAL, reason="only with OGPCASE_HARD=1")
    return pytest.param(name, marks=only_hard)


@pytest.mark.parametrize("name", [hard(name) for name in LARGEST_RECORDS])
def test_the_largest_records_take_neither_long_nor_much(tmp_path: Path, name: str) -> None:
    """At most 10 seconds of the processor and 200 MiB, with a diagnostic of the file and of its neighbour."""
    record = LARGEST_RECORDS[name]
    cases = with_neighbour(tmp_path)
    (cases / record.file).write_bytes(record.data)
    ran = measured(tmp_path, "validate", "--format", "concise")
    keeps_its_word(ran.done, codes=(1,))
    assert any(line.startswith(f"cases/{record.file}:") for line in ran.done.out.splitlines())
    assert NEIGHBOUR in ran.done.out
    assert ran.seconds < MOST_SECONDS
    assert ran.memory < MOST_MEMORY
