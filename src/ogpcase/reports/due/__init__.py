"""The terms that run, and those that have passed."""
