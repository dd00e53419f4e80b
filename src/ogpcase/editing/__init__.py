"""Changes to a case folder: each is tried on the folder as it would be, and written when it brings no new error."""
