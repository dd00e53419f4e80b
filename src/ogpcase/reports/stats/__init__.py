"""Figures over cases."""
