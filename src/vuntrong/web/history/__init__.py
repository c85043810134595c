"""The action log as people read it: who did what to a record, and what the people of some units did."""
