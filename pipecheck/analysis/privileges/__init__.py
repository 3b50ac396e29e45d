"""What the statements of a policy grant."""
