"""Disk and git: finds the records, reads them safely, writes them completely. What they mean is in model."""
