"""From the place in a class to the learner: units nominate, owners answer, the board decides about exceptions."""
