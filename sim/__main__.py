"""``python -m sim``: the same as the command ``hemvist``."""

from sim.cli.group import main

if __name__ == "__main__":
    main()
