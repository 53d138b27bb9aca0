"""The segments of a posting get targets: from memory, else from an engine."""
