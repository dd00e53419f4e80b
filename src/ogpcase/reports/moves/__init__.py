"""The moves that cases made."""
