"""Visits on their days: pages by month and week, calendar files out and in, and feeds by a secret address."""
