"""A simulated social security card and the two readers it can lie in."""
