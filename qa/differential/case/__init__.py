"""A case as it is told, understood: `understand` is the door; `naming` finds what a name means,
`phrases` how people say it and `variants` how it is written; `heard` reads a text by `prose`, `measured`, `person`,
`duration` and `setting`; `factors` are what changes odds; `checked` is what does not hold together."""
