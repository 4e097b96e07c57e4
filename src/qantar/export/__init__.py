"""The book in the forms of others: W3C Web Annotations, a Frictionless Data Package, an RO-Crate.

``webannotations``, ``datapackage`` and ``crate`` each give the content of one form, ``files`` writes it, ``forms`` knows them
all. An export holds nothing that the tables do not say, and one state of the book gives the same bytes on every day.
"""
