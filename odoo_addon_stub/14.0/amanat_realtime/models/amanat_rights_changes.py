from odoo import models

MAX_NAMED_USERS = 1000
# Fields of a user that decide what that user may read, and the reason that is announced.
OF_USERS = {
    "groups_id": "groups",
    "company_ids": "companies",
    "company_id": "companies",
    "active": "user",
    "lang": "language",
    "login": "password",
    "password": "password",
}
OF_GROUPS = frozenset(["users", "implied_ids", "rule_groups", "model_access"])
OF_COMPANIES = frozenset(["parent_id", "child_ids", "user_ids"])


class Base(models.AbstractModel):
    """Listens to what decides who may read what, on whatever model it is."""

    _inherit = "base"

    def _create(self, data_list):
        records = super()._create(data_list)
        if self._name != "res.users":  # nobody can be signed in as a user that is only made now
            records._rights_touched(None)
        else:
            records._rights_traversed(None)
        return records

    def write(self, vals):
        if "model_id" in vals:  # a rule that moves to another model concerns both
            self._rights_touched(vals)
        result = super().write(vals)
        self._rights_touched(vals)
        return result

    def _write(self, vals):
        """Listen here too: recomputed fields do not pass ``write``."""
        if self._rights_traversing_models():
            self._rights_traversed(vals)
        return super()._write(vals)

    def unlink(self):
        self._rights_touched(None)
        return super().unlink()

    def _rights_touched(self, names):
        """Note what these records, written (``names``), created or deleted, decide."""
        if not self or self._abstract or self._transient:
            return
        decides = getattr(self, "_rights_decided_by", None)
        if decides is not None:
            for reason, users, live in decides(names):
                self._rights_announce(reason, users, live)
        self._rights_traversed(names)

    def _rights_traversing_models(self):
        """Return ``{field: live models}`` for the fields of this model that rules traverse."""
        if not self.pool.ready or "amanat.rights" not in self.pool:
            return {}
        return self.env["amanat.rights"]._traversed().get(self._name, {})

    def _rights_traversed(self, names):
        traversed = self._rights_traversing_models()
        touched = traversed if names is None else traversed.keys() & names
        if touched:
            live = frozenset().union(*(traversed[name] for name in touched))
            self._rights_announce("traversed", None, live)

    def _rights_announce(self, reason, users, live):
        if users is not None and len(users) > MAX_NAMED_USERS:
            users = None
        if "amanat.base.model" in self.pool:
            collect = self.env["amanat.base.model"]._realtime_collect
            collect(note_rights, reason, users, live, reads=False)


def note_rights(collector, reason, users, live):
    collector.note_rights(reason, users, live)


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _rights_decided_by(self, names):
        yield "rules", None, models_of(self)


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _rights_decided_by(self, names):
        yield "access", None, models_of(self)


class ResGroups(models.Model):
    _inherit = "res.groups"

    def _rights_decided_by(self, names):
        if names is None or not OF_GROUPS.isdisjoint(names):
            yield "groups", None, None


class ResUsers(models.Model):
    _inherit = "res.users"

    def _rights_decided_by(self, names):
        # What Odoo makes its sessions invalid for counts as a changed password.
        known = {**dict.fromkeys(self._get_session_token_fields(), "password"), **OF_USERS}
        reasons = {"user"} if names is None else {known[n] for n in names if n in known}
        for reason in sorted(reasons):
            yield reason, frozenset(self._ids), None


class ResCompany(models.Model):
    _inherit = "res.company"

    def _rights_decided_by(self, names):
        if names is None or not OF_COMPANIES.isdisjoint(names):
            yield "companies", None, None


def models_of(rules):
    """Return the models that rules or access lists are for, and those that inherit their rules.

    sudo: who may change rules need not be allowed to read the list of models.
    """
    found = set(rules.sudo().mapped("model_id.model"))
    heirs = {
        name for name, model in rules.env.registry.items() if not found.isdisjoint(model._inherits)
    }
    return frozenset(found | heirs)
