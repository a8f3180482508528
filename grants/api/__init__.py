"""The programs' door: `/api/v1/`, read only. What is public is listed by name in `fields`; nothing else is given."""
