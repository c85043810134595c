"""Vun Trồng: the whole training cycle of public officials in a Vietnamese province.

The packages and the one direction of imports between them are told in `docs/architecture.md`.
"""
