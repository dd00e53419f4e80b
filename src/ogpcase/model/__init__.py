"""Records, their fields, dates and ids: immutable, without disk access or rules of the policy."""
