"""How well what was found in texts agrees with what people annotated there."""
