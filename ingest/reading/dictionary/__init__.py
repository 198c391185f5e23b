"""Mentions by the names that are known, and links by what a text itself says of a name."""
