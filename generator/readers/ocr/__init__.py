"""Pictures of text, read by an optional model."""
