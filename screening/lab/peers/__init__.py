"""Other tools that look for personal details, measured on the same posts and with the same scores as Pause.

Each runs in a virtual environment of its own (``install``), behind one small runner (``host``, ``runners``); what it
calls a finding becomes one of our labels (``labels``); ``compare`` scores it.
"""
