"""Experiments: cultures compared in the same world, and where their results are kept."""
