"""`make bench`: what the product does in a second, as ratios to limits measured in the same run."""
