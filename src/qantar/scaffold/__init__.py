"""A book of one's own from one's own report: `qantar new`.

``templates/`` holds what a new book begins with. Its chapters share headings, cells and definitions with the chapters of
this book; ``sync`` keeps them the same.
"""
