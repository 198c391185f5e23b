"""Drugs and genes for a disease, by paths through the graph: `metapaths` (the kinds of path), `network` (what is kept
of the graph), `counting` (how many paths there are, each weighed), `weights` (what each kind is worth), `explain` (the
best of them), `mechanisms` (how a candidate may act, by curated paths), `statements` (what is stated already),
`kin` (what may be ranked for in place of a disease that cannot) and `rank`, the engine that joins them, which
`opening` opens."""
