"""Training the two models that judge context: of Chinese dialogues, and of the words around a mention in notes."""
