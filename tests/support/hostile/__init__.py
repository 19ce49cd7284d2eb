"""Hostile submissions and containers, the sandboxes they run in, and what they try to steal or harm."""
