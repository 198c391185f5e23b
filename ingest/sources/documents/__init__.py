"""Documents: literature and plain texts, one module a format."""
