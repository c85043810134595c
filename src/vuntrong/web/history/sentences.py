"""What actions are called whose part of `web` does not name them itself."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "save_record": _("Changed the record in the administration"),
    "delete_record": _("Deleted the record in the administration"),
    "create_survey": _("Made the survey"),
    "edit_survey": _("Changed the survey"),
    "set_recipients": _("Chose the units that are asked"),
    "open_survey": _("Opened the survey"),
    "close_survey": _("Closed the survey"),
    "reopen_survey": _("Reopened the survey"),
    "remind_units": _("Reminded the units"),
    "save_survey_answer": _("Saved the answer"),
    "send_survey_answer": _("Sent the answer"),
    "recall_survey_answer": _("Recalled the answer"),
    "send_back_survey_answer": _("Sent the answer back"),
    "attach_survey_workbook": _("Answered with a workbook"),
    "take_needs_snapshot": _("Froze the needs"),
    "create_plan": _("Began the plan"),
    "add_line": _("Added a line"),
    "edit_line": _("Changed a line"),
    "remove_line": _("Removed a line"),
    "restore_line": _("Put a line back"),
    "reorder_lines": _("Changed the order of the lines"),
    "propose_lines": _("Proposed classes from the needs"),
    "submit_plan": _("Submitted the plan for approval"),
    "recall_plan": _("Recalled the submission"),
    "return_plan": _("Returned the plan for completion"),
    "approve_plan": _("Approved the plan"),
    "start_amendment": _("Began an amendment"),
    "cancel_amendment": _("Gave up the amendment"),
    "record_decision": _("Recorded the decision"),
    "submit_report": _("Froze the report"),
    "load_demo": _("Loaded the demonstration"),
}
FIELDS = {
    "states": _("States"),
    "state": _("State"),
    "grade": _("Result"),
}
