"""What an ASGI server calls. Everything comes from the environment; nothing is made up here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
application = get_asgi_application()
