"""Texts with given annotations: `pubtator`, `bioc`; `given` turns the annotations into our words."""
