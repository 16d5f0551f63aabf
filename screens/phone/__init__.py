"""Pages about a bill that is paid on its patient's phone: it went there, or comes back from there."""
