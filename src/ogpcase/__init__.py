"""A case-file manager for cases under the Open Government Partnership's Response Policy."""

__version__ = "0.1.0"
