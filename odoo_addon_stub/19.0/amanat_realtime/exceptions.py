from odoo.exceptions import UserError


class _RealtimeError(UserError):
    """Nothing was done. The web client reads from ``context`` what is there now.

    The sentence is the only argument, so that logs and older clients show no value of a field.
    """

    def __init__(self, message, model, records):
        super().__init__(message)
        self.context = {"model": model, "records": records}


class RealtimeConflict(_RealtimeError):
    """A save would have overwritten a value that its author has never seen."""


class RealtimeStale(_RealtimeError):
    """A button was pressed on a record that is no longer as it was shown."""
