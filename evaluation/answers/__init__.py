"""How right the answers to given questions are.

Read in this order: `questions` (a file of questions with what a right answer holds), `judge` (one answer against it),
`figures` (what all of them came to, by kind).
"""
