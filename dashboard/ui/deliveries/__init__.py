"""The page of deliveries: from files in a browser to the version that everybody sees, and back.

`page` is imported by its page alone: readers and writers of workbooks would slow every start.
"""
