"""What a build makes, as values: each target knows what it is made from, and how."""
