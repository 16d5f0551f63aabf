"""Simulated resident ID cards, the plate on which they are laid, and the SAM-V reader under it."""
