"""The case as it went."""
