"""Where the records say some words."""
