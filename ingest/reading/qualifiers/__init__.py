"""What a sentence tells beside subject, predicate and object, as qualifiers of the assertion; English and Chinese.

Read in this order: `places` (where the two stand, and what parts them), then a module a kind: `frequency` (how often),
`change` (what one drug does to another), `dosing` (how much, by which way, when, how long), `people` (in whom),
`results` (numbers of studies), and `told`, which asks of each predicate what it can have. `papers` is what the document
says of itself: the kind of study, how many patients, which section.
"""
