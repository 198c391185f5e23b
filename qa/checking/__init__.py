"""Whether a sentence may be said: `support` (what evidence can carry), `lexical` (how a sentence is compared with it),
`objection` (why not), `checker` (the sentence against what it cites)."""
