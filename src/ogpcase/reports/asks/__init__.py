"""What was asked and what came back, as several reports show it."""
