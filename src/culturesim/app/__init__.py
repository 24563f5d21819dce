"""The trainer's page: what a room of leaders sees, served by this machine alone."""
