"""Programs that do one thing over many files, for the harness to compare with."""
