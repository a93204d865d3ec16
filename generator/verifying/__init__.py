"""The proof that a published site is whole: its files, its links, and the words of every notice."""
