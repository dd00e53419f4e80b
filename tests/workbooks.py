"""Writes small XLSX workbooks with the standard library alone, as spreadsheets write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

Value = str | int | float | bool | date | None
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_SHEET}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
"""Two styles: that of any cell, and that of a date."""


def column(number: int) -> str:
    """Returns a column's letters: A for 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(value: Value, place: str) -> str:
    """Returns the XML of a cell; `=A1 -> hello` is a formula with its last value, `#REF!` a fault of one."""
    if value is None:
        return ""
    if isinstance(value, date):
        time = datetime.min.time() if not isinstance(value, datetime) else value.time()
        since = date(value.year, value.month, value.day) - date(1899, 12, 30)
        day = since.days + (time.hour * 60 + time.minute) / 1440
        return f'<c r="{place}" s="1"><v>{day:.10g}</v></c>'
    if isinstance(value, bool | int | float):
        sort = ' t="b"' if isinstance(value, bool) else ""
        return f'<c r="{place}"{sort}><v>{int(value) if sort else value}</v></c>'
    if value.startswith("="):
        formula, _, result = value[1:].partition(" -> ")
        return f'<c r="{place}" t="str"><f>{escape(formula)}</f><v>{escape(result)}</v></c>'
    if value.startswith("#"):
        return f'<c r="{place}" t="e"><v>{escape(value)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(rows: Sequence[Sequence[Value]], merged: Sequence[str] = ()) -> str:
    """Returns the XML of a sheet."""
    lines = [
        f'<row r="{at}">{"".join(cell(value, f"{column(place)}{at}") for place, value in enumerate(row))}</row>'
        for at, row in enumerate(rows, 1)
    ]
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    tail = f"<mergeCells>{spans}</mergeCells>" if spans else ""
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(lines)}</sheetData>{tail}</worksheet>'


def workbook(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> bytes:
    """Returns the bytes of a workbook with these sheets, given as XML by name."""
    names = list(sheets)
    states = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="r{at}"{states.get(name, "")}/>'
        for at, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="s" Type="{_REL}/styles" Target="styles.xml"/>'
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for at in range(1, len(names) + 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="w" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": _STYLES,
    }
    files |= {f"xl/worksheets/sheet{at}.xml": sheets[name] for at, name in enumerate(names, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()
