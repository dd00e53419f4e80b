"""The command line: one file a verb, no decisions in it. Typer lives here."""
