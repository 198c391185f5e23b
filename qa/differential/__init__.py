"""From findings to candidate diseases."""
