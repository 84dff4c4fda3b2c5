"""UNNM Desktop: the working tool of the secretariat of a country-level UN Network on Migration."""

__version__ = "0.1.0"
