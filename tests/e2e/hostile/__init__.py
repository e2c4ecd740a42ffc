"""What nobody should send, as data: a file for each class of it, ten or more of each; and tests that send all of it.

To which operations and fields it is sent is read from the OpenAPI documents, so that a new one is tried by itself.
"""
