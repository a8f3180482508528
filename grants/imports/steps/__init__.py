"""An import step by step, in sets: its file kept, its rows staged, matched, checked, judged, written, taken back."""
