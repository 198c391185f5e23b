"""What makes the weights of `models/questions`: `written` (questions), `fit` (the model), `learn` (both)."""
