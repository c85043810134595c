"""A rule row in words."""

from django.utils.translation import gettext as _

from vuntrong.programmes.condition_words import condition_words
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.programmes.queries.rules import read_rule
from vuntrong.registry.models import Post
from vuntrong.regulations.enums import RuleTopic
from vuntrong.regulations.models import RuleRow
from vuntrong.web.kit.values import Fact

CONDITIONED = frozenset({RuleTopic.ELIGIBILITY, RuleTopic.POST_STANDARD})


def lines_of(row: RuleRow) -> list[str]:
    """Return what the rule says, a line for each condition. 1 query for the names of posts."""
    if row.topic not in CONDITIONED:
        return [_plain(row)]
    posts = dict(Post.objects.values_list("code", "name"))
    lines = [condition_words(one, posts) for one in read_rule(row).conditions]
    if authority := row.values.get("exception_by"):
        lines.append(_("Special cases: %(authority)s") % {"authority": authority})
    if row.values.get("unknown"):
        lines.append(_("The age that the paper asks for could not be read. Check it before deciding."))
    return lines


def _plain(row: RuleRow) -> str:
    if row.topic == RuleTopic.DURATION:
        return _("At most %(count)s weeks") % {"count": row.values.get("most_weeks", "?")}
    if row.topic == RuleTopic.REFERENCE_DAY:
        return _("The opening day of the class")
    return str(row.values.get("summary", ""))


def rule_facts(row: RuleRow) -> list[Fact]:
    """Return what stands beside the rule. 1 query."""
    paper = row.instrument
    return [
        Fact(_("About"), _subject(row)),
        Fact(_("Mode"), str(Mode(row.mode).label) if row.mode else _("all")),
        Fact(_("Legal basis"), f"{paper.kind} {paper.number}, {paper.issuer}, {paper.issued_on:%d/%m/%Y}"),
        Fact(_("Article"), row.article),
        Fact(_("In force from"), f"{row.valid_from:%d/%m/%Y}"),
        Fact(_("In force to"), f"{row.valid_to:%d/%m/%Y}" if row.valid_to else _("further notice")),
        Fact(_("Transition clause"), row.transition),
        Fact(_("Checked"), str(row.get_confidence_display()), tone="" if row.confidence == "seen" else "wait"),
        Fact(_("Source"), row.source),
    ]


def _subject(row: RuleRow) -> str:
    """Return the name of the programme or post that the rule is about."""
    if row.topic == RuleTopic.POST_STANDARD:
        return Post.objects.filter(code=row.subject).values_list("name", flat=True).first() or row.subject
    return Programme.objects.filter(code=row.subject).values_list("name", flat=True).first() or row.subject
