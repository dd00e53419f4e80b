"""The command line: one file for each verb, without rules of its own. Only this room imports Typer."""
