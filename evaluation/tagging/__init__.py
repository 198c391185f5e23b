"""How well what was found in texts agrees with what people annotated there.

Read in this order: `report` (everything that is measured), then its parts: `linking`, `relations`, `context`,
`mistakes` (what goes wrong most).
"""
