"""Word files: .docx by its XML, .doc and .wps through LibreOffice."""
