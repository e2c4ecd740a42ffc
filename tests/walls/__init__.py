"""The two walls between businesses: row-level security, and a condition on the business in every statement."""
