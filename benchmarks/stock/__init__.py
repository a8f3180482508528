"""What a project would use instead: django-import-export's own admin screens over the same models, as they come and
at their fastest."""
