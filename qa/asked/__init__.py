"""What was asked: `guard` (what is answered at once), `understand` (language, names, denials), `intent`."""
