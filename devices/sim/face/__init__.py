"""Drawn people before a simulated camera: nobody's faces, but what detectors and comparisons take for faces."""
