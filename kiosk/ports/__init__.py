"""What the core asks of the outside: one Protocol a file, with all that can be true of it and all that can happen.

Values cross a port, never handles. An implementation names itself under an entry point as a `driver.Driver`.
"""
