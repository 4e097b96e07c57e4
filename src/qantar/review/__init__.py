"""The check of a draft coding: which rows a machine wrote and nobody has looked at, and the commands that go through them."""
