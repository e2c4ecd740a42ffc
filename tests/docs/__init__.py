"""What the documentation says is true: commands run, generated pages are up to date."""
