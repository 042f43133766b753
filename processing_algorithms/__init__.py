"""Processing algorithms, one per file: declare, read, call, write."""
