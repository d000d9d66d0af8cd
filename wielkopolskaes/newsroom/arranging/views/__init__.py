"""The pages of the tree at the desk."""
