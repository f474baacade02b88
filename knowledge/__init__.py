"""What may be answered, and how a question finds it. No database, no web, no clock."""
