"""Faces on frames: found, compared, followed. Functions on pictures; no camera, no thread, no disk after loading."""
