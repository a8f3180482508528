"""A question becomes a queryset: words, filters, order. Pages and downloads share it."""
