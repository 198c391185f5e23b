"""Spans with a type: `recognizer` (the protocol) and its adapters, with what they share."""
