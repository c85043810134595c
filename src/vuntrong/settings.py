"""Settings of every process. What differs between places comes from the environment (docs/operator.md lists it)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from vuntrong import env

PACKAGE = Path(__file__).resolve().parent
DATA = Path(env.text("VUNTRONG_DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
(DATA / "files").mkdir(exist_ok=True)
(DATA / "logs").mkdir(exist_ok=True)
(DATA / "static").mkdir(exist_ok=True)

DEBUG = env.flag("VUNTRONG_DEBUG", default=False)
DEMO = env.flag("VUNTRONG_DEMO", default=False)
"""True only for the demonstration: shows who can sign in as what, and the one password of all its accounts."""
if DEMO:
    DEMO_PASSWORD = "hoc-de-lam-viec"  # noqa: S105 - meant to be read by everybody who tries the demonstration
SECRET_KEY = env.secret("VUNTRONG_SECRET_KEY", DATA / "secret-key")
ALLOWED_HOSTS = env.words("VUNTRONG_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = env.flag("VUNTRONG_HTTPS", default=False)
"""True when a proxy in front speaks TLS: cookies are then marked secure."""
TRUSTED_PROXIES = env.integer("VUNTRONG_TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "vuntrong.kernel",
    "vuntrong.documents",
    "vuntrong.regulations",
    "vuntrong.registry",
    "vuntrong.accounts",
    "vuntrong.programmes",
    "vuntrong.planning",
    "vuntrong.classes",
    "vuntrong.exchange",
    "vuntrong.reports",
    "vuntrong.web",
    "vuntrong.ops",
    "vuntrong.web.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vuntrong.web.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vuntrong.urls"
WSGI_APPLICATION = "vuntrong.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vuntrong.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "vuntrong.web.templatetags.vt"],
        },
    },
]
FORM_RENDERER = "vuntrong.web.forms.Renderer"

DATABASES = {"default": env.database("DATABASE_URL", DATA)}
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}
    ),
}
"""Every process of the product must see it: progress of long jobs goes through it (kernel.jobs)."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
if REDIS_URL:
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}}
    RQ_QUEUES = {"default": {"URL": REDIS_URL}}

# ---- people and sessions ----
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "vuntrong.web.accounts.passwords.NotTheName", "OPTIONS": {"user_attributes": ("username", "full_name")}},
    {"NAME": "vuntrong.web.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "vuntrong.web.accounts.passwords.NotUsual"},
    {"NAME": "vuntrong.web.accounts.passwords.NotOnlyFigures"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "vuntrong.web.accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "vuntrong.web.accounts.forms.SignInForm",
    "change_password": "vuntrong.web.accounts.forms.PasswordForm",
    "reauthenticate": "vuntrong.web.accounts.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/30m/key"}
"""Wrong codes of the second factor for each person; wrong passwords are counted by axes in the database."""
MFA_ADAPTER = "vuntrong.web.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "vuntrong.web.accounts.forms.CodeForm",
    "reauthenticate": "vuntrong.web.accounts.forms.CodeAgainForm",
    "activate_totp": "vuntrong.web.accounts.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Vun Trồng"
USERSESSIONS_TRACK_ACTIVITY = False
"""Tracking would write on every page; on SQLite pages would then wait for a long import."""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "vuntrong.web.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "vuntrong.web.accounts.lockout.username_of"
AXES_CLIENT_IP_CALLABLE = "vuntrong.web.accounts.lockout.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "vuntrong.web.errors.expired_form"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# ---- e-mail ----
_mail = env.mail("VUNTRONG_EMAIL_URL", "console:" if DEMO else "")
SENDS_MAIL = bool(_mail)
"""False where no server is named: messages then come into the inbox only."""
BASE_URL = env.base_url("VUNTRONG_BASE_URL", is_needed=SENDS_MAIL and not DEMO)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("VUNTRONG_EMAIL_FROM", is_needed=SENDS_MAIL and not DEMO)
EMAIL_BACKEND = _mail.get("backend", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _mail.get("host", "localhost"), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("user", ""), _mail.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("starttls", False), _mail.get("ssl", False)
EMAIL_TIMEOUT = 20  # seconds for each step; all steps together stay below the first retry of accounts.rules
EMAIL_SUBJECT_PREFIX = ""
MAIL_CHOICES_PATH = "/inbox/choices/"
"""Where everybody chooses what comes by e-mail; the foot of each e-mail names it."""

# ---- language ----
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = sorted((PACKAGE / "web").rglob("locale"))
FORMAT_MODULE_PATH = ["vuntrong.web.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# ---- files ----
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT_BYTES = 20 * 2**20
"""The largest workbook or scan that is taken."""

DJANGO_TABLES2_TEMPLATE = "parts/_table.html"
DJANGO_TABLES2_PAGE_RANGE = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": DATA / "logs" / "vuntrong.log",
            "formatter": "line",
            "delay": True,
        },
    },
    "root": {"handlers": ["console", "file"], "level": env.text("VUNTRONG_LOG_LEVEL", "WARNING")},
}
