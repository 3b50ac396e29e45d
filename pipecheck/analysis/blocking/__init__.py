"""Which commands of a build stop it, and which only seem to."""
