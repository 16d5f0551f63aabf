"""The page that asks for a card."""
