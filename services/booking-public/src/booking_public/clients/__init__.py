"""Other services and vendors: a Protocol each, and what stands behind it."""

from booking_public.clients.services import AccountsBusinesses, AvailabilityCatalogue, Businesses, Catalogue

__all__ = ["AccountsBusinesses", "AvailabilityCatalogue", "Businesses", "Catalogue"]
