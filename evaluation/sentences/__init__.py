"""Whether the sentence that answers a question stands first: questions with their sentences, and what is counted."""
