"""What an answer rests on."""
