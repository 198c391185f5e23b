"""The linker: `names` (what vocabularies call a concept), `alike` (terms for one another), `choice` (the weights),
`linker` (all of it, written)."""
