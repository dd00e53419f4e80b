"""Action plans and their commitments."""
