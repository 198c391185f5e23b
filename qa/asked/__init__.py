"""What was asked: `guard` (what is answered at once; `emergency`), `conversation` (what a turn leaves out, as `leaning`
tells), `names` of the graph in the text, those that a `reader` adds, `understand` (all of it, and what is denied),
`router` (which plan answers) and its adapter `rules`. What is misspelt is read by `respelt` and `sounded`."""
