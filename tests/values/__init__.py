"""Tests of floor 1, values."""
