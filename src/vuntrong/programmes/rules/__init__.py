"""Who may attend a programme: conditions as data, and what they say of one person, of a table, of the database."""
