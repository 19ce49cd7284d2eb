"""What exercise4 asks besides the probes of the engine."""
