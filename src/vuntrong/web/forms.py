"""The renderer of all forms (settings.FORM_RENDERER). The forms and fields of the kit are in web.kit.forms."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders {{ form }} and each field with the kit's templates: label, field, hint, error at the field."""

    form_template_name = "parts/_form_fields.html"
    field_template_name = "parts/_field.html"
