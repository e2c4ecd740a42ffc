"""Which variables a service process cannot start without."""

from importlib import import_module

from sundial_local.layout import Service


def required(service: Service) -> set[str]:
    """The names of the variables of the service's settings that have no default."""
    settings = import_module(f"{service.identifier}.settings").Settings
    return {name.upper() for name, field in settings.model_fields.items() if field.is_required()}
