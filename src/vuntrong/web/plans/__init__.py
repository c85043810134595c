"""Plans: from needs to lines, approval, amendments."""
