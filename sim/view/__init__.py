"""The page that people meet: pull a lever, see the city answer."""
