"""What happened in cases, and what did not, as the entries of a feed."""
