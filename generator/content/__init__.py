"""The editor's files: notices as Markdown, site.yml, topics, phrases, and what people decided in them."""
