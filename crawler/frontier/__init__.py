"""Scrapy's scheduler on the archive's frontier file: what a killed run had queued or in flight is not lost."""
