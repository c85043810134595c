"""What every page is made of: lists, columns, filters, form fields, the values that parts show.

Owns nothing of the domain. Templates of the parts stand in templates/parts/, their look in assets/css/, docs/ui-kit.md
says how to build a page from them.
"""
