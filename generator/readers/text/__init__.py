"""Plain text and Markdown: encodings, wrapped lines."""
