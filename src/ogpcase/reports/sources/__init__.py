"""Which sources state what."""
