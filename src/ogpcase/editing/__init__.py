"""Changes to a case folder: each is first tried in memory, and written only if it brings no new error."""
