"""The pages that end a visit, well or otherwise."""
