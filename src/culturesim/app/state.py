"""The page's state in a link."""

LINK = 1
