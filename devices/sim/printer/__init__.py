"""A simulated receipt printer: strict about its language, honest about its paper."""
