"""A made-up world of news outlets, served over real HTTP on loopback: the first-run demo and the tests' internet."""
