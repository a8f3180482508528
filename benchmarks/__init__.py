"""How fast sheets come in and go out, beside what others would use. Run by `make bench`, never by the tests."""
