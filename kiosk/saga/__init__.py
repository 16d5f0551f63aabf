"""What follows what with money, and nothing else: `next_act(entry)` and `apply(entry, fact)`, both pure."""
