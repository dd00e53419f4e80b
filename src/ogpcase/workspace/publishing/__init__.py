"""The public copy of a case folder: which records others may see, and what keeps a copy from being made.

`copying` is the one pure function from the records of a folder to those of its copy. All else here checks that copy
before anything is written.
"""
