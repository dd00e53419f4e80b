"""The sources of a case, and what rests on each."""
