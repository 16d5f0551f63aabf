"""Pages at the beginning of a stay in hospital."""
