"""A case as it is told, understood: `understand` is the door; `naming` finds what a name means,
`phrases` how people say it."""
