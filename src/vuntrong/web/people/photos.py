"""A photo from a form into the record."""

from django.db import transaction

from vuntrong.documents.actions import store_file
from vuntrong.documents.photos import clean_photo
from vuntrong.kernel.log import Actor
from vuntrong.registry.actions import change_person
from vuntrong.registry.models import Person
from vuntrong.web.people.forms import PhotoForm


@transaction.atomic
def put(form: PhotoForm, person: Person, *, by: Actor) -> list[str]:
    """Keep the photo and hang it on the person; returns what the form refused.

    Raises RuleBroken for a file that is no picture, StaleState when somebody else saved meanwhile.
    """
    if not form.is_valid():
        return [str(error) for errors in form.errors.values() for error in errors]
    file = form.cleaned_data["photo"]
    cleaned = clean_photo(file.read())
    stored = store_file(content=cleaned.content, name=file.name, content_type=cleaned.content_type, by=by)
    change_person(person=person, changes={"photo": stored}, revision=form.cleaned_data["revision"], by=by)
    return []
