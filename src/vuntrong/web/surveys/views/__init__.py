"""Views of surveys: the owner's pages, the unit's answer, workbooks."""
