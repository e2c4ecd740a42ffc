"""Who: users, businesses, members, sessions."""
