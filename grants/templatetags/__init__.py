"""What templates may call: `{% load registry %}` for words and addresses, `{% load charts %}` to draw."""
