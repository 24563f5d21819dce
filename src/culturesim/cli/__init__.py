"""The command line: it asks the package, and shows what comes back."""

from __future__ import annotations

import os
import sys

from culturesim.errors import CultureSimError

WRONG_INPUT = 2
INTERRUPTED = 130


def main() -> None:
    """Run the command line; what the user got wrong ends it with one message and code 2."""
    import culturesim.cli.demo
    import culturesim.cli.plot
    import culturesim.cli.sweep
    import culturesim.cli.tournament
    import culturesim.cli.twin  # noqa: F401 - adds its command
    from culturesim.cli.commands import app

    try:
        app()
    except CultureSimError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(WRONG_INPUT)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe has gone; what is still in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
