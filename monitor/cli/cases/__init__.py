"""``monitor case``: everything a person does to a matter, one command an act: read, call the desk once, show."""
