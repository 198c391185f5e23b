"""What makes the weights that say what a study found: conclusions read by hand, and a regression."""
