"""What an ASGI server calls. Everything comes from the environment; nothing is made up here."""

import os
import sys

from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
try:
    application = get_asgi_application()
except ImproperlyConfigured as error:
    print(error, file=sys.stderr)
    # The code by which gunicorn knows that starting the worker again would not help.
    sys.exit(3)
