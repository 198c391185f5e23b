"""Who asks, and what they may: `model` (a caller, scopes), `table` (the keys that are kept), `known` (whose a key is)."""
