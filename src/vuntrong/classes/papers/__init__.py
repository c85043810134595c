"""Papers of a class: what they are filled with, and how they say it. Wording and layout: papers.md, P08 to P11."""
