"""Who asks, and what they may: `model` (a caller, scopes), `known` (which key is whose)."""
