"""A client of the Gharial prediction API: pandas in and out, the standard library underneath."""

from .client import ApiError, Client, Model, RowErrors

__all__ = ["ApiError", "Client", "Model", "RowErrors"]
__version__ = "0.1.0"
