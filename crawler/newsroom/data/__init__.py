"""The prose and the looks of the made-up outlets: TOML and CSS."""
