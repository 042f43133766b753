"""The rooms of Coodiag; docs/architecture.md says which may know which."""
