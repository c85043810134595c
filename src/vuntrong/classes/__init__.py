"""Classes, the roles of units in them, enrolments and their results.

Nouns: ClassRun, ClassRole, Enrolment. Must not know reports."""
