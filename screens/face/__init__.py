"""The pages of a face check: consent, what to do now with the camera's picture, and what came of it."""
