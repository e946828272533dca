"""The pages of a meeting: the deck, and the stage that shows it."""
