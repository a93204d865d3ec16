"""What a build makes, as values: each product knows what it is made from, and how."""
