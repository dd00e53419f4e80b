"""Every machine format, of views and of verdicts: small pure writers, from a value to text."""
