"""What the Response Policy permits, and how well that is known: its tables, a case's stage, and duties."""
