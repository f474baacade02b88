"""The tracker: cases, clocks, people, the staff console, public pages and the JSON API."""
