"""Imports the rows of a table as events: CSV and XLSX, headings, cells, and the mapping that is kept."""
