"""Amounts and whom they go to, as sentences tell them."""
