"""What gunicorn calls. Everything comes from the environment; nothing is made up here."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    print(error, file=sys.stderr)
    # The code by which gunicorn knows that starting the worker again would not help.
    sys.exit(3)
