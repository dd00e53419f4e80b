"""The only room that knows YAML: text to values with positions, and values to text.

What may stand in a record's file is a small part of YAML, on which all its readers agree; the rest is a problem here.
"""
