"""Stand-ins for the platforms the service talks to, each a small server on loopback."""
