"""What readers share: `files` (gzip, encodings, folders), `markup` (XML in a stream), `tables`, `nesting`."""
