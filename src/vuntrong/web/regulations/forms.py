"""The next row of a rule as a form: the conditions that offices change, each in its own fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.rules.conditions import BadCondition, read_conditions
from vuntrong.registry.enums import Degree, PartyStatus, PoliticalLevel, YearlyGrade
from vuntrong.registry.models import Post
from vuntrong.regulations.actions import RuleWords
from vuntrong.regulations.enums import Confidence
from vuntrong.regulations.models import LegalInstrument, RuleRow
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, WholeNumberField
from vuntrong.web.regulations.showing import CONDITIONED

NO_CHOICE = [("", _("no condition"))]
POST_LISTS = ("serving", "planned")


class DecisionForm(KitForm):
    """A word on the decision about a proposed row."""

    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class RuleForm(KitForm):
    """What the next row says; conditions of other kinds are carried over as they are."""

    instrument = RecordField(LegalInstrument.objects.all(), label=_("Legal basis"))
    article = forms.CharField(label=_("Article"), max_length=80, required=False)
    valid_from = DayField(label=_("In force from"))
    valid_to = DayField(label=_("In force to"), required=False)
    confidence = forms.ChoiceField(label=_("Checked"), choices=Confidence.choices)
    source = forms.CharField(label=_("Where it was read"), max_length=300, required=False)
    summary = forms.CharField(label=_("What it says"), required=False, max_length=500)
    female = WholeNumberField(label=_("Least age of women"), required=False, min_value=14, max_value=70)
    male = WholeNumberField(label=_("Least age of men"), required=False, min_value=14, max_value=70)
    status = forms.MultipleChoiceField(
        label=_("In the Party"), choices=PartyStatus.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    degree = forms.ChoiceField(label=_("Degree from"), choices=[*NO_CHOICE, *Degree.choices], required=False)
    minority_degree = forms.ChoiceField(
        label=_("Degree of ethnic minorities from"), choices=[*NO_CHOICE, *Degree.choices], required=False
    )
    grading_years = WholeNumberField(label=_("Years of gradings before"), required=False, min_value=1, max_value=5)
    grading = forms.ChoiceField(label=_("Grading from"), choices=[*NO_CHOICE, *YearlyGrade.choices], required=False)
    level = forms.ChoiceField(
        label=_("Political theory from"), choices=[*NO_CHOICE, *PoliticalLevel.choices], required=False
    )
    serving = forms.MultipleChoiceField(label=_("Posts held"), required=False, widget=forms.CheckboxSelectMultiple)
    planned = forms.MultipleChoiceField(
        label=_("Posts planned for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wide = ("source", "summary", "serving", "planned")

    def __init__(self, *args: Any, old: RuleRow, **extra: Any) -> None:
        extra.setdefault("initial", {"instrument": old.instrument_id, "article": old.article, **_initial(old)})
        super().__init__(*args, **extra)
        self.old = old
        posts = list(Post.objects.values_list("code", "name"))
        for name in POST_LISTS:
            self.fields[name].choices = posts
        self._leave_out("summary" if old.topic in CONDITIONED else "conditions")

    def _leave_out(self, what: str) -> None:
        """Keep the fields that the topic knows."""
        words = ["summary"] if what == "summary" else list(self.fields)[list(self.fields).index("female") :]
        for name in words:
            del self.fields[name]

    @property
    def words(self) -> RuleWords:
        """What was typed, for the action."""
        old, typed = self.old, self.cleaned_data
        return RuleWords(
            topic=old.topic,
            code=old.code,
            title=old.title,
            subject=old.subject,
            mode=old.mode,
            values=self._values(),
            instrument=typed["instrument"],
            article=typed["article"],
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            confidence=typed["confidence"],
            source=typed["source"],
            follows=old,
        )

    @property
    def is_readable(self) -> bool:
        """Whether the conditions can be read."""
        try:
            read_conditions(self._values().get("conditions", []))
        except BadCondition:
            return False
        return True

    def _values(self) -> dict[str, Any]:
        if self.old.topic not in CONDITIONED:
            return {**self.old.values, "summary": self.cleaned_data["summary"]}
        kept = [one for one in self.old.values["conditions"] if one["kind"] not in EDITED]
        return {**self.old.values, "conditions": [*_conditions(self.cleaned_data), *kept]}


EDITED = frozenset({"age", "party", "degree", "gradings", "level", "posts"})


def _conditions(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the conditions of the fields that are filled in."""
    found: list[dict[str, Any]] = []
    if typed["female"] and typed["male"]:
        found.append({"kind": "age", "female": typed["female"], "male": typed["male"]})
    if typed["status"]:
        found.append({"kind": "party", "status": typed["status"]})
    if typed["degree"]:
        lower = {"minority_at_least": typed["minority_degree"]} if typed["minority_degree"] else {}
        found.append({"kind": "degree", "at_least": typed["degree"], **lower})
    if typed["grading_years"] and typed["grading"]:
        found.append({"kind": "gradings", "years": typed["grading_years"], "at_least": typed["grading"]})
    if typed["level"]:
        found.append({"kind": "level", "at_least": typed["level"]})
    posts = {name: typed[name] for name in POST_LISTS if typed[name]}
    return [*found, {"kind": "posts", **posts}] if posts else found


def _initial(old: RuleRow) -> dict[str, Any]:
    """Return the fields as the old row fills them."""
    by_kind = {one["kind"]: one for one in old.values.get("conditions", [])}
    age, degree, gradings, posts = (by_kind.get(kind, {}) for kind in ("age", "degree", "gradings", "posts"))
    return {
        "summary": old.values.get("summary", ""),
        "confidence": Confidence.UNVERIFIED,
        "female": age.get("female"),
        "male": age.get("male"),
        "status": by_kind.get("party", {}).get("status", []),
        "degree": degree.get("at_least", ""),
        "minority_degree": degree.get("minority_at_least", ""),
        "grading_years": gradings.get("years"),
        "grading": gradings.get("at_least", ""),
        "level": by_kind.get("level", {}).get("at_least", ""),
        "serving": posts.get("serving", []),
        "planned": posts.get("planned", []),
    }
