"""What gunicorn calls. Everything comes from the environment; nothing is made up here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
application = get_wsgi_application()
