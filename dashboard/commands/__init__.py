"""Groups of commands of ``python -m dashboard``; each module adds its own to the parser."""
