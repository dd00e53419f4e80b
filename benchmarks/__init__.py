"""Measurements of ogpcase against its peers: see README.md of this folder."""
