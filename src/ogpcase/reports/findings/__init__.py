"""Each allegation beside what was said to it and what was found of it."""
