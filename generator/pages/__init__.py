"""What to write, as values: one output path, its template and its documented value a page."""
