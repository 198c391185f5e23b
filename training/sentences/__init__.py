"""What makes the weights of sentences: questions with the sentences that answer them, fitted by their order."""
