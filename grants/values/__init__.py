"""Small things with manners: partial dates, amounts as read and as claimed, folded names, wording, encodings.

Nothing here imports anything of ours, nor touches the database.
"""
