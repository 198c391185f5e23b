"""Whether a sentence may be said: `support` (what evidence can carry), `checker` (the sentence against it)."""
