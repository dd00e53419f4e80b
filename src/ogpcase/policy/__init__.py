"""What the Response Policy permits, and how well that is known: the tables, the stage, and what is owed."""
