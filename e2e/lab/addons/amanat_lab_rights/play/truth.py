"""What Odoo answers when it is asked as one of the users, at one moment."""

import json

from odoo import api
from odoo.exceptions import AccessError


class Truth:
    """Asks Odoo as every user with every selection of companies that is looked with."""

    def __init__(self, registry, watches):
        self.registry = registry
        self.reads = sorted({(w["uid"], tuple(w["companies"]), w["model"]) for w in watches})
        self.searches = {
            (w["uid"], tuple(w["companies"]), w["model"], json.dumps(w["domain"]))
            for w in watches
            if w["domain"]
        }

    def forget(self):
        """Forget what this process remembers of rules, without telling the other processes."""
        told = set(self.registry.cache_invalidated)
        self.registry.clear_all_caches()
        self.registry.cache_invalidated.intersection_update(told)

    def seen(self, cr, models, users=None):
        """Return ``{key: ids}`` of what everybody, or these users, may read of these models."""
        found = {}
        for uid, companies, name in self.reads:
            if name in models and (users is None or uid in users):
                model = self._as(cr, uid, companies, name)
                found[key(uid, companies, name)] = model.search([]).ids if model is not None else []
        for uid, companies, name, domain in self.searches:
            if name in models and (users is None or uid in users):
                found[key(uid, companies, name, domain)] = self._matching(
                    cr, uid, companies, name, domain
                )
        return found

    def _matching(self, cr, uid, companies, name, domain):
        """As a list shows it: without archived records, unless the domain names them."""
        model = self._as(cr, uid, companies, name)
        if model is None:
            return []
        try:
            return model.with_context(active_test=True).search(json.loads(domain)).ids
        except AccessError:
            return []

    def values(self, cr, seen, touched=None):
        """Return ``{key: {id: values}}`` of the touched records, or of all."""
        found = {}
        for uid, companies, name in self.reads:
            of = key(uid, companies, name)
            ids = [
                i for i in seen.get(of, ()) if touched is None or i in touched.get(name, ())
            ]
            if ids:
                model = self._as(cr, uid, companies, name)
                rows = model.browse(ids).read(plain(model, self._fields(model)))
                found[of] = {row["id"]: row for row in rows}
        return found

    def fields(self, cr, users=None):
        """Return ``{key: names}`` of the fields they may read; ``None``: not even the model."""
        found = {}
        for uid, companies, name in self.reads:
            if users is None or uid in users:
                model = self._as(cr, uid, companies, name)
                of = key(uid, companies, name)
                found[of] = self._fields(model) if model is not None else None
        return found

    def _fields(self, model):
        names = ["id", "display_name", *model._realtime_live_names()]
        return [n for n in names if model._has_field_access(model._fields[n], "read")]

    def _as(self, cr, uid, companies, name):
        """Return the model as this user sees it; ``None`` if the user may not read it at all."""
        user = api.Environment(cr, 1, {}, su=True)["res.users"].browse(uid).exists()
        if not user or not user.active:
            return None
        allowed = [c for c in companies if c in user.company_ids.ids]
        if not allowed:
            return None
        context = {"allowed_company_ids": allowed, "lang": user.lang, "active_test": False}
        model = api.Environment(cr, uid, context)[name]
        return model if model.has_access("read") and rules_work(model) else None


def plain(model, names):
    """Return the fields without lists of lines: who sees which line is the lines' own matter."""
    return [name for name in names if model._fields[name].type != "one2many"]


def rules_work(model):
    """Tell whether the record rules come out for this user at all: one may raise."""
    try:
        model.env["ir.rule"]._compute_domain(model._name, "read")
    except Exception:  # noqa: BLE001 - whatever a rule's code raises
        return False
    return True


def key(uid, companies, model, domain=None):
    parts = [str(uid), ",".join(map(str, companies)), model]
    return "|".join([*parts, domain] if domain else parts)
