"""Papers of bills that were paid before, here or elsewhere."""
