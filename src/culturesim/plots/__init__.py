"""Pictures of results; they read tables and never run the model."""
