"""What Pause knows and remembers: settings, store, vault, schedules, prompts, lexicons, corpora, model."""
