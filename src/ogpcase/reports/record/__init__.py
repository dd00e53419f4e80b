"""One record or item whole."""
