"""Reads of the reports: figures in sets, the rows behind them, what was submitted and what differs since."""
