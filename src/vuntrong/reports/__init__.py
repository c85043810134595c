"""Read-only figures over everything below, and the submissions that freeze them.

Nouns: TrainingReport, ReportSubmission, ReportRow. Writes nothing but its own submissions."""
