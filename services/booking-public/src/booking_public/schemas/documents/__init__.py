"""The booking page as a document: what is seen before any script has run, and what machines read of it."""
