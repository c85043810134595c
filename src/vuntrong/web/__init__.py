"""What a browser sees: views, forms, templates, assets. Speaks; decides nothing."""
