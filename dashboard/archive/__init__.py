"""Published versions of the exports on disk: immutable folders, a pointer, a log.

Knows files and nothing of what is in them: checks come before (`dashboard.deliveries`), reading
after (`dashboard.database`).
"""
