"""Pages about a commercial insurer: before it is asked, and when it did not pay after all."""
