"""The contract that every driver passes, whoever wrote it; vendors run it against their own hardware as a pytest
plugin.
"""
