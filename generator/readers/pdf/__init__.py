"""PDF: characters on a page, put together to lines, paragraphs and tables."""
