"""The screening engine: text in, Screening out. No Discord, no database, no network."""
