"""Who asks, and what they may. Read in this order: `model` (a caller, scopes), `given` (keys of settings), `table`
(keys of the home), `issuer` and `tokens` (OpenID Connect), `known` (whose a key is)."""
