"""Who gets in where: one module for each part of `web`, with its PAGES. tests/web/test_walk.py holds the product to it.

A part that gets an address adds a row here, or the walk fails:

    PAGES = [
        Page("classes:list", roles=OVERSEERS, stranger=200),                      # a list: strangers see an empty one
        Page("classes:detail", make=lambda house: {"pk": house.class_run.pk}, roles=OVERSEERS),
        Page("classes:open", make=..., roles=PLANNERS, denied=403, method="POST"),  # others see it but may not
    ]
"""
