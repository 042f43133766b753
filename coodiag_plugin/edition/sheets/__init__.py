"""Pages without a map: one module per kind of sheet, typed results in, SheetMaterial out."""
