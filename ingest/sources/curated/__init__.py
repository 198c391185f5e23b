"""Curated knowledge: ontologies, mappings, translations, lexicons and graphs, one module a format."""
