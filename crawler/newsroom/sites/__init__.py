"""Profiles of the sample newsroom's outlets."""
