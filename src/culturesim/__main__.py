"""``python -m culturesim`` is the command ``culturesim``."""

from culturesim.cli import main

main()
