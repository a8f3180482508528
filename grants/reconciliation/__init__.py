"""Does it add up? What was stated beside what is itemised, and the verdict."""
