"""Can she attend: one person and every programme, one programme and everybody."""
