"""Requests, the parties asked, and their answers."""
