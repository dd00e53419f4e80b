"""The terminal: views and verdicts as lines; rich lives here and is only loaded when a terminal is written to."""
