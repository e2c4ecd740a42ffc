"""`sundial dlq`: messages that could not be handled."""

import typer

app = typer.Typer(no_args_is_help=True, help="Messages that could not be handled.")
