"""Web pages, and pages that a browser saved with their pictures (.mht)."""
