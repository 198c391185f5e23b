"""Texts with given annotations.

Read in this order: `bioc_form` and `pubtator_form` (the two formats, as evaluation reads them too), `spelling`,
`given` (annotations and relations in our words), `bioc` and `pubtator` (documents of them).
"""
