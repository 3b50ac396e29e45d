"""What a run says: outcomes, findings with their places and fingerprints, and the report that holds them."""
