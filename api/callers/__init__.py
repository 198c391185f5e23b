"""Who asks, and what they may: `model` (a caller, scopes), `table` (keys that are kept), `known` (whose a key is)."""
