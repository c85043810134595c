import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.factories import make_unit, make_user
from vuntrong.kernel import log
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db


def write(count: int) -> list[ActionLogEntry]:
    user = make_user("Lê Quốc Bảo")
    unit = make_unit("Trường Chính trị tỉnh")
    with transaction.atomic():
        return [log.record("touch", unit, by=user, after={"step": step, "note": "đã sửa"}) for step in range(count)]


def test_an_untouched_log_holds(capsys):
    write(3)

    call_command("verify_log")

    assert log.first_broken() is None
    assert capsys.readouterr().out == f"The action log holds: {ActionLogEntry.objects.count()} rows.\n"


@pytest.mark.parametrize(
    "change",
    [{"actor_name": "Người khác"}, {"after": {"step": 99}}, {"reason": "sửa lại"}, {"subject_id": 1_000_000}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_named(change):
    [_first, second, _third] = write(3)
    ActionLogEntry.objects.filter(pk=second.pk).update(**change)

    broken = log.first_broken()

    assert broken == log.Broken(second.pk, "was changed after it was written")
    with pytest.raises(CommandError, match=f'"row": {second.pk}'):
        call_command("verify_log")


def test_a_deleted_row_is_named_by_the_next():
    [_first, second, third] = write(3)
    ActionLogEntry.objects.filter(pk=second.pk).delete()

    assert log.first_broken() == log.Broken(third.pk, "does not follow the row before it")


def test_deleted_rows_at_the_end_are_missed():
    [_first, second, third] = write(3)
    ActionLogEntry.objects.filter(pk__in=[second.pk, third.pk]).delete()

    assert log.first_broken() == log.Broken(None, "2 rows are missing at the end")


def test_history_is_newest_first():
    entries = write(2)
    unit = make_unit()

    assert [entry.after.get("step") for entry in log.history(type(unit).objects.get(pk=entries[0].subject_id))][:2] == [
        1,
        0,
    ]
    assert [entry.action for entry in log.history(unit)] == ["create_unit"]


@pytest.mark.django_db(transaction=True)
def test_the_log_is_written_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        log.record("touch", None, by=None)


def take_words_out(entry: ActionLogEntry) -> None:
    entry.refresh_from_db()
    entry.after = {"note": "–"}
    with transaction.atomic():
        log.redact([entry], by=None, reason="Ẩn danh hồ sơ")


def test_a_redacted_row_loses_its_words_and_salt_and_the_chain_holds():
    [_first, second, _third] = write(3)
    before = ActionLogEntry.objects.get(pk=second.pk)

    take_words_out(second)

    after = ActionLogEntry.objects.get(pk=second.pk)
    assert (after.after, after.salt, after.is_redacted) == ({"note": "–"}, "", True)
    assert (after.hash, after.previous_hash) == (before.hash, before.previous_hash)
    assert log.first_broken() is None


def test_a_row_may_be_redacted_again():
    [_first, second, _third] = write(3)
    take_words_out(second)
    second.refresh_from_db()
    second.after = {}

    with transaction.atomic():
        log.redact([second], by=None, reason="Lần hai")

    assert log.first_broken() is None


def test_a_row_marked_as_redacted_behind_our_back_is_named():
    [_first, second, _third] = write(3)
    ActionLogEntry.objects.filter(pk=second.pk).update(after={}, salt="", is_redacted=True)

    assert log.first_broken() == log.Broken(second.pk, "was redacted, and no row of the log says so")


def test_a_redacted_row_that_is_changed_afterwards_is_named():
    [_first, second, _third] = write(3)
    take_words_out(second)
    ActionLogEntry.objects.filter(pk=second.pk).update(after={"step": 7})

    assert log.first_broken() == log.Broken(second.pk, "was redacted, and no row of the log says so")


def test_redacting_nothing_leaves_no_row():
    count = ActionLogEntry.objects.count()

    assert log.redact([], by=None, reason="") is None
    assert ActionLogEntry.objects.count() == count


def test_one_record_of_many_can_be_redacted_and_the_others_stay_proven():
    units = [make_unit("Một"), make_unit("Hai")]
    with transaction.atomic():
        said = [(unit.pk, {"name": ["", unit.name]}) for unit in units]
        entry = log.record_many("touch", type(units[0]), said, by=None, label="Hai đơn vị", after={"count": 2})
    first, second = entry.subjects.order_by("id")
    first.changes = {"name": ["–", "–"]}

    with transaction.atomic():
        log.redact([], subjects=[first], by=None, reason="Ẩn danh hồ sơ")

    assert log.first_broken() is None
    type(second).objects.filter(pk=second.pk).update(changes={"name": ["", "Ba"]})
    assert log.first_broken() == log.Broken(entry.pk, "was changed after it was written")
