"""Zalo OA and Zalo Bot against their doubles."""
