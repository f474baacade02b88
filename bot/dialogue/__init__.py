"""The conversation. Pure: a draft and an input in; a draft, replies and effects out."""
