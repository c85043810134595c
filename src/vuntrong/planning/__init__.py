"""Needs surveys, consolidation, plans, decisions.

Nouns: NeedsSurvey, SurveyAnswer, TrainingNeed, NeedsSnapshot, TrainingPlan, PlanLine, PlanSubmission, Decision.
Must not know classes: what became of a plan line is asked of the classes."""
