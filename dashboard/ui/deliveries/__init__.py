"""The page of deliveries: from files in a browser to the version that everybody sees, and back."""

from dashboard.ui.deliveries.page import DeliveriesPage

__all__ = ["DeliveriesPage"]
