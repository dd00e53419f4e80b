"""Prints results: lines, colours and pages for a terminal, and the formats of other programs."""
