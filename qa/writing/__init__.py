"""From evidence to sentences: `writer` (the protocol), `quote` without a language model in the `templates` of `english`
and `chinese`, `generate` with one and its `prompt`."""
