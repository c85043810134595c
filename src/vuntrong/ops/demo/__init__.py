"""The demonstration: the five source articles as data, and an invented province where the whole thread can be walked.

Owns nothing of the product. Figures of the articles stand in `data/*.json` with their source; learners are invented.
"""
