"""How each intent is answered: `plan` (what a plan is, and its way), one file an intent, and their `order`."""
