"""The public copy of a case folder: `copying` makes its records, the other files check it before it is written."""
