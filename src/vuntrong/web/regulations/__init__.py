"""Rules of law on a day, their history and proposals; who may attend a programme and why."""
