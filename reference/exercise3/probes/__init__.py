"""What exercise3 asks besides the probes of the engine."""
