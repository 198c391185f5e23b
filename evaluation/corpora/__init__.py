"""Documents with the annotations of people, or of a program: `corpus` reads them, a module a format.

Read in this order: `identifiers` (one spelling), `annotated` (what every format is read into), `corpus`, then the
formats: `pubtator`, `bioc`, `jsonlines`, `bio`.
"""
