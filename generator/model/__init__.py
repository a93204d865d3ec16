"""A notice as plain values, what people decided about it, and the rules that both roads share."""
