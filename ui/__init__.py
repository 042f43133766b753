"""Windows and menus: build parameters and run algorithms by id."""
