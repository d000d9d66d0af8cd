"""Pages about adoptions: telling of one, one's own, the desk."""
