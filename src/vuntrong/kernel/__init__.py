"""What every app stands on: errors, guarded transitions, periods and partial dates, Vietnamese text, the action log.

Knows no app. Nouns: Violation, Period, PartialDate, ActionLogEntry, Job.
"""
