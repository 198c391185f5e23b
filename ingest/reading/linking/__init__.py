"""From a span of text to the concept it names."""
