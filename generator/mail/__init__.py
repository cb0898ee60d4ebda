"""Digests by e-mail: what is in one, how it is written, and how it gets to each reader once."""
