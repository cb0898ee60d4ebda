"""Whether a built site holds together. Reads site/ alone, as a visitor and a host would."""
