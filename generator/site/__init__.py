"""All notices together, and what follows from them."""
