"""Conversations with citizens and the updates that platforms hand us."""
