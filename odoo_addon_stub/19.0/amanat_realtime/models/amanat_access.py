import hashlib

from odoo import api, models

from .amanat_images import overrides
from .realtime_traversal import texts_in

NOTHING = {"read": False, "ids": [], "fields": []}
# Conditions whose outcome depends on nothing but stored values of the record itself.
PLAIN_OPERATORS = frozenset(["in", "not in", "=", "!=", "<", ">", "<=", ">=", "like", "ilike"])


class AmanatAccess(models.AbstractModel):
    """Says which records and fields users may read: Odoo's own answer, computed once per class.

    Viewers whose record rules come out as the same domain are one class. Where that is not
    certain (a model overrides the checks, a rule looks at fields that depend on who asks), each
    viewer is asked for by itself.
    """

    _name = "amanat.access"
    _description = "Which records and fields users may read"

    @api.model
    def _answer(self, question):
        model = self._live_model(question["model"])
        viewers = question["viewers"]
        if model is None:
            return {**per_class([NOTHING] * len(viewers)), "versions": {}}
        versions = self._versions(model, question["ids"])
        # sudo: existence only; who may read is judged below, per viewer.
        records = model.sudo().browse(i for i in dict.fromkeys(question["ids"]) if i in versions)
        users = self._active_users(viewer["uid"] for viewer in viewers)
        known, names = {}, {}
        found = per_class(
            self._answer_viewer(
                self._as_viewer(records, users.get(viewer["uid"]), viewer["companies"]),
                known,
                names,
            )
            for viewer in viewers
        )
        return {**found, "versions": {str(i): v for i, v in versions.items() if v}}

    @api.model
    def _versions(self, model, ids):
        """Return ``{id: version}`` of the asked rows that exist; a view's have none."""
        if model._auto:
            return model._realtime_versions(ids)
        return dict.fromkeys(model.sudo().browse(ids).exists()._ids)

    @api.model
    def _live_model(self, name):
        live = isinstance(name, str) and name in self.env["amanat.bridge"]._live_models()
        return self.env[name] if live else None

    @api.model
    def _active_users(self, ids):
        """sudo: res.users is not readable for the service user; only the id is used."""
        users = self.env["res.users"].sudo().browse(dict.fromkeys(ids)).exists()
        users.fetch(["active"])
        return {user.id: user for user in users if user.active}

    @api.model
    def _as_viewer(self, records, user, companies):
        """Return the records as the user sees them with those companies on, ``None`` if nobody."""
        if not user:
            return None
        allowed = set(user._get_company_ids())
        companies = [company for company in companies if company in allowed]
        if not companies:
            return None
        context = {"allowed_company_ids": companies}
        return records.with_env(self.env(user=user.id, su=False, context=context))

    @api.model
    def _answer_viewer(self, records, known, names):
        if records is None or not self._may_read_model(records):
            return NOTHING
        return {
            "read": True,
            "ids": self._readable_ids(records, known),
            "fields": self._readable_fields(records, names),
        }

    @api.model
    def _may_read_model(self, records):
        access = records.env["ir.model.access"]
        return access.check(records._name, "read", raise_exception=False)

    @api.model
    def _readable_ids(self, records, known):
        """Return the readable ids; ``known`` holds what equal domains came out as."""
        domain = records.env["ir.rule"]._compute_domain(records._name, "read")
        if domain.is_true() and not overrides(records, "_check_access"):
            return records.ids
        same = who_sees_the_same(records, domain)
        if same not in known:
            known[same] = records._filtered_access("read").ids
        return known[same]

    @api.model
    def _readable_fields(self, records, names):
        """Return the readable live fields; users in the same groups get the same answer."""
        if overrides(records, "_has_field_access"):
            return self._fields_of(records)
        key = frozenset(records.env.user._get_group_ids())
        if key not in names:
            names[key] = self._fields_of(records)
        return names[key]

    @api.model
    def _fields_of(self, records):
        live = records._realtime_live_names()
        wanted = dict.fromkeys(["id", "display_name", *live])
        return [n for n in wanted if records._has_field_access(records._fields[n], "read")]


def per_class(answers):
    """Return the different answers once, and for each viewer the number of its own.

    What is sent grows with the classes of viewers, and only by a number with each viewer.
    """
    numbers, distinct, of = {}, [], []
    for answer in answers:
        key = (answer["read"], tuple(answer["ids"]), tuple(answer["fields"]))
        if key not in numbers:
            numbers[key] = len(distinct)
            distinct.append(answer)
        of.append(numbers[key])
    return {"answers": distinct, "of": of}


def who_sees_the_same(records, domain):
    """Return a text that is the same only for viewers who surely see the same records."""
    checks = any(overrides(records, method) for method in ("_check_access", "_search"))
    if checks or not same_for_all(records, domain):
        return f"viewer {records.env.uid} {records.env.companies.ids}"
    return "domain " + hashlib.sha256(repr(domain).encode()).hexdigest()


def same_for_all(records, domain):
    """Tell whether the domain means the same for every user: plain conditions on stored values."""
    return all(is_plain(records, part) for part in domain)


def is_plain(records, part):
    if isinstance(part, str):
        return True
    if not isinstance(part, tuple):
        return False
    path, operator, value = part
    return isinstance(path, int) or (
        operator in PLAIN_OPERATORS and is_plain_path(records, path, operator, value)
    )


def is_plain_path(records, path, operator, value):
    model, field = records, None
    for name in path.split("."):
        field = model._fields.get(name)
        if field is None or not (field.store or name == "id") or field.search:
            return False
        if field.company_dependent or field.translate or field.type in ("one2many", "properties"):
            return False
        model = model.env[field.comodel_name] if field.relational else model
        if field.relational and overrides(model, "_search"):
            return False
    # Names are searched by code, and words such as "today" depend on the reader's time zone.
    worded = operator.endswith("like") or texts_in(value)
    return not worded or not (field.relational or field.type in ("date", "datetime"))
