"""The figures: what is measured, and against which limit."""
