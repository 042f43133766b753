"""Generator of the fictitious demonstration territory."""
