"""Rules in force, everybody's columns as a table, and the same conditions as filters of the database."""

from vuntrong.programmes.queries.rules import read_rule, rule_sets_on, rules_for

__all__ = ["read_rule", "rule_sets_on", "rules_for"]
