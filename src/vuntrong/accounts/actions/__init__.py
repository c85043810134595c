"""Changes to accounts, and what people are told."""

from vuntrong.accounts.actions.mailing import retry_mails, send_due
from vuntrong.accounts.actions.messages import Told, choose_mails, mark_read, tell
from vuntrong.accounts.actions.users import (
    change_user,
    create_user,
    delete_filter,
    end_all_sessions,
    end_grant,
    grant_role,
    link_person,
    note_account_event,
    remove_second_factor,
    rename_filter,
    save_filter,
    set_password,
    unlink_person,
)

__all__ = [
    "Told",
    "change_user",
    "choose_mails",
    "create_user",
    "delete_filter",
    "end_all_sessions",
    "end_grant",
    "grant_role",
    "link_person",
    "mark_read",
    "note_account_event",
    "remove_second_factor",
    "rename_filter",
    "retry_mails",
    "save_filter",
    "send_due",
    "set_password",
    "tell",
    "unlink_person",
]
