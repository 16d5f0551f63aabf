"""One picture of the design system: every control in the four looks, for docs/design.md."""
