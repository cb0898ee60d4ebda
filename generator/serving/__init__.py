"""Shows site/ on this machine as its host would, and builds it again when something changes."""
