"""The command line: its verbs, without rules of their own. Only this room imports Typer."""
