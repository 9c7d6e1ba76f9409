from odoo import http
from odoo.addons.web.controllers.dataset import DataSet
from odoo.http import request
from odoo.service.model import get_public_method

from ..models.amanat_guard import SHOWN


class GuardedDataSet(DataSet):
    """Methods that a button calls see whether the record is still as it was shown."""

    @http.route()
    def call_kw(self, model, method, args, kwargs, path=None):
        return super().call_kw(model, method, args, checked(model, method, args, kwargs), path)

    @http.route()
    def call_button(self, model, method, args, kwargs, path=None):
        return super().call_button(model, method, args, checked(model, method, args, kwargs), path)


def checked(model, method, args, kwargs):
    """Return the keyword arguments without our key in their context, or raise.

    New ones: a request that Odoo runs again after a serialization error is checked again.
    """
    context = kwargs.get("context") or {}
    if SHOWN not in context:
        return kwargs
    guard, records = request.env["amanat.guard"], request.env[model]
    context = dict(context)
    shown = context.pop(SHOWN)
    called = get_public_method(records, method)
    reads = getattr(called, "_readonly", False) or getattr(called, "_api_model", False)
    if isinstance(shown, dict) and args and not reads and guard._guards(model):
        guard._check_shown(records.browse(args[0]).with_context(context), shown)
    return {**kwargs, "context": context}
