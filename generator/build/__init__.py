"""content → output/: what is made, from what, in which order; the live preview."""
