"""The printed atlas: one editable print layout per page, exported as one PDF."""
