"""What a change since a revision means."""
