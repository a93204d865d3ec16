"""The work of an editor: import, what to look at, who answers for it, the gate before a release."""
