"""Entry of the command line (命令入口): `supervision …` or `python -m supervision …`."""

from supervision.cli._group import main

if __name__ == "__main__":
    main()
