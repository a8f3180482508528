"""Settings in three parts: what the environment decides, what the application is, how it is kept safe.

The table of variables is in README.md and .env.example; `otnregistry/environment.py` reads them.
"""

from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from otnregistry import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

# ── 1. What the environment decides ──────────────────────────────────────────────────────────────────────

DEBUG = env.switch("DEBUG", default=False)
HTTPS = env.switch("HTTPS", default=True)
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", allow_any=DEBUG)
SITE_URL = env.address("SITE_URL", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.*')}")
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
LOG_LEVEL = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="INFO")

# Four eyes: whoever made a record ready may not publish it.
FOUR_EYES = env.switch("FOUR_EYES", default=True)
UPLOAD_LIMIT_MB = env.whole_number("UPLOAD_LIMIT_MB", default=200, least=1, most=2000)
# How long one statement of a visitor's request may take, and one of a file; staff and commands have no such limit.
PUBLIC_STATEMENT_SECONDS = env.whole_number("PUBLIC_STATEMENT_SECONDS", default=5, least=1, most=600)
PUBLIC_DOWNLOAD_SECONDS = env.whole_number("PUBLIC_DOWNLOAD_SECONDS", default=600, least=1, most=86_400)
OPERATOR_NAME = env.text("OPERATOR_NAME")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")

# What neighbouring standards want to know of a publisher (grants/exports/dialects).
PUBLISHER_PREFIX = env.code(
    "PUBLISHER_PREFIX",
    r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
    default="registre-otn",
    remedy="Write letters, digits and hyphens: the prefix that 360Giving gave you, such as 360G-example.",
)
DEPARTMENT_NUMBER = env.code(
    "DEPARTMENT_NUMBER",
    r"[A-Za-z0-9]{3}",
    default="OTN",
    remedy="Write three letters or digits: they begin the reference numbers of Canada's proactive disclosure.",
)
RECIPIENTS_ARE_IN = env.code(
    "RECIPIENTS_ARE_IN",
    r"unknown|(?!CA)[A-Z]{2}|CA-(ON|QC|NB|NL|PE|SK|YT|AB|BC|MB|NT|NU|NS)",
    default="unknown",
    remedy="Write a country (FR), a province of Canada (CA-QC), or unknown.",
)

# https://docs.djangoproject.com/en/5.2/ref/databases/#persistent-connections
DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Actions open their own transactions: a reader should not hold one for the length of a page.
        "ATOMIC_REQUESTS": False,
    }
}

# ── 2. What the application is ───────────────────────────────────────────────────────────────────────────

ROOT_URLCONF = "otnregistry.urls"
CSRF_FAILURE_VIEW = "grants.public.errors.csrf_failure"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
WSGI_APPLICATION = "otnregistry.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

INSTALLED_APPS = [
    "grants",  # before the admin and import_export, whose templates it replaces
    "otnregistry.apps.RegistryAdminConfig",  # Django's admin, over the registry's own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "import_export",
    "procrastinate.contrib.django",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # The headers before all that answers by itself: static files and redirections carry them too.
    "csp.middleware.CSPMiddleware",
    "otnregistry.headers.ExtraHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "grants.api.headers.CrossOriginMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "grants.public.caching.CachingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# French at /, English at /en/
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
FORMAT_MODULE_PATH = "otnregistry.formats"
TIME_ZONE = "America/Toronto"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG else HASHED_STATIC},
}

# History by statement triggers: they see COPY, MERGE and plain SQL. https://django-pghistory.readthedocs.io/
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
# Nobody looks the history up by the records it refers to; an index each would double the cost of an import.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# https://django-import-export.readthedocs.io/en/latest/installation.html#settings
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = True  # pghistory already keeps who, when, before and after
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = False  # grants.exports does it better: the stock one strips a single "="

# The queue of jobs, in our own database. https://procrastinate.readthedocs.io/en/stable/howto/django/settings.html
PROCRASTINATE_IMPORT_PATHS = ["grants.imports.jobs.tasks"]

# The API reads only, for everybody alike: no account, no cookie, no form.
# https://www.django-rest-framework.org/api-guide/settings/
# No throttle: without a cache that all processes share it would count each of them apart. The server in front limits
# who asks too often (docs/api.md); here every answer is small, and PostgreSQL's time is bounded.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "grants.api.negotiation.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "grants.api.schema.RegistrySchema",
    "EXCEPTION_HANDLER": "grants.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
# https://drf-spectacular.readthedocs.io/en/latest/settings.html
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "VERSION": "1.0.0",
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SERVERS": [{"url": "/"}],
    "POSTPROCESSING_HOOKS": ["grants.api.operations.add_components"],
    "SORT_OPERATIONS": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # It tells each job it takes, which the imports themselves remember better.
        "procrastinate": {"level": "DEBUG" if LOG_LEVEL == "DEBUG" else "WARNING"},
    },
}

# ── 3. How it is kept safe ───────────────────────────────────────────────────────────────────────────────
# https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# A browser takes a __Host- cookie from this very host only, and only over HTTPS.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"

# With HTTPS on, gunicorn stands behind a server that ends TLS and overwrites X-Forwarded-Proto.
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# https://django-csp.readthedocs.io/ — nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# A form of many rows is ordinary here; a request larger than an allowed file is not.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600
