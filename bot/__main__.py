"""`python -m bot` is the `khabar` command."""

from bot.cli import main

main()
