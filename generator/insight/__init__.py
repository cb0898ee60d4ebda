"""What the archive tells that no single paper does: likeness between papers. May need numpy and scipy."""
