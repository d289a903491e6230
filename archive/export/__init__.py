"""Articles in the formats of other programs: one module per format, found by its being there (``formats``)."""
