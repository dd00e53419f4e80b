"""Who appears, in which role, and all of one party."""
