"""What is wrong: problems by name, diagnostics by place, the verdict of a run, and the marker of a check."""

from ogpcase.diagnostics.problem import (
    Check,
    Diagnostic,
    FileId,
    FirstSlips,
    Offer,
    Part,
    Place,
    Problem,
    Route,
    Rule,
    Severity,
    Span,
    Spot,
    Verdict,
    nearest,
    rule,
)

__all__ = [
    "Check",
    "Diagnostic",
    "FileId",
    "FirstSlips",
    "Offer",
    "Part",
    "Place",
    "Problem",
    "Route",
    "Rule",
    "Severity",
    "Span",
    "Spot",
    "Verdict",
    "nearest",
    "rule",
]
