"""Drugs and genes for a disease, by paths through the graph: `metapaths` (the kinds of path), `network` (what is kept
of the graph), `counting` (how many paths there are, each weighed), `weights` (what each kind is worth), `explain` (the
best of them), `statements` (what is stated already) and `rank`, the engine that joins them, which
`opening` opens."""
