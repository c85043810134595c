from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class WebConfig(AppConfig):
    name = "vuntrong.web"
    default = True

    def ready(self) -> None:
        """Listen to the sign-in library and to classes, tell people, and name what the administration shows."""
        from vuntrong.web.accounts import receivers  # noqa: F401, PLC0415 - needs the models of every app
        from vuntrong.web.admin_names import name_everything  # noqa: PLC0415 - as above
        from vuntrong.web.inbox import receivers as inbox  # noqa: F401, PLC0415 - as above
        from vuntrong.web.reports import receivers as reports  # noqa: F401, PLC0415 - as above

        name_everything()


class AdminConfig(admin_apps.AdminConfig):
    """Django's administration, open to superusers only."""

    default = False
    default_site = "vuntrong.web.admin_site.SuperuserSite"
