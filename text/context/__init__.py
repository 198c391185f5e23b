"""Context by trigger phrases, and by what is said around a symptom in a dialogue."""
