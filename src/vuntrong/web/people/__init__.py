"""Pages of one person: what is known of her and since when; and the catalogues that her record uses."""
