"""Stand-ins for the platforms: real HTTP on loopback, their rules and their faults."""
