"""The only SQL of the house: one file per entity over one SQLite file."""
