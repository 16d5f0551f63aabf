"""The page of short waits."""
