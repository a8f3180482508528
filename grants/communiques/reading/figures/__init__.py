"""What a text states in numbers."""
