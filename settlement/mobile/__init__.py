"""Adapter of the mobile payment centre (6201 to 6401), which signs and encrypts both ways."""
