"""Names: the columns that hold the state, the parameters, and the streams of random numbers."""
