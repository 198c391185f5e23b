"""What a patient's record answers: facts, values, what changed, a summary, and whether a drug may be taken."""
