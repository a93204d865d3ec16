"""The conventions of government sites, asked of a built output folder."""
