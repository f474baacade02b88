"""Messages owed to people, kept until they are delivered."""
