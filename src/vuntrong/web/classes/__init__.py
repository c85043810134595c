"""Classes, enrolment, workbooks of learners."""
