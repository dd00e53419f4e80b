"""Each allegation with the replies to it and the findings on it."""
