"""All cases in short."""
