"""The nouns: records, their fields, dates and ids. Frozen, no disk, no policy."""
