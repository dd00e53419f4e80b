"""The only room that knows YAML: text to values with positions, and values to text.

A record may use only the small part of YAML that all YAML readers understand alike; everything else is a problem.
"""
