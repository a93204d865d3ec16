"""The search index: records of a site → files that templates/assets/search.js reads. Design: docs/search.md."""
