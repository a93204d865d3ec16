"""The parser: a Document in, a Notice out. Pure, and knows nothing of files."""
