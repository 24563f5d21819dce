"""Runs of the model: compiled, or step by step with Mesa agents."""
