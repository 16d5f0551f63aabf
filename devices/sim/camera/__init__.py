"""A camera played by files: drawn scenes, and what covers, freezes or unplugs it."""
