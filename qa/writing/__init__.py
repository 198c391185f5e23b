"""From evidence to sentences: `writer` (the protocol), `quote` without a language model, `generate` with one."""
