"""Disk and git: finds the records, reads them safely, writes them completely. The model package has their meaning."""
