"""What a shell text does with the status of one of its commands."""
