"""The inside of helpers.demos: one module for each demo, and what they share."""
