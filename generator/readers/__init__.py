"""Readers: bytes of one format in, a Document out. A reader knows nothing of notices."""
