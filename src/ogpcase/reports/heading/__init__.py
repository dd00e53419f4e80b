"""The head of a case, which most reports begin with."""
