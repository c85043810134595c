"""What may happen to a class and its learners. Pure: facts in, violations out."""
