"""Ways through the graph, from some things to what stands at the other ends of their statements. Read `way`, `named`,
`opening`, `reach`, then `combined`."""
