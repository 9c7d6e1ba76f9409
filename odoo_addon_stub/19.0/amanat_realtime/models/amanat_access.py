from odoo import api, models

from .amanat_images import overrides

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
            return per_class([NOTHING] * len(viewers))
        # sudo: existence only; who may read is judged below, per viewer.
        records = model.sudo().browse(dict.fromkeys(question["ids"])).exists()
        users = self._active_users(viewer["uid"] for viewer in viewers)
        known, names = {}, {}
        return per_class(
            self._answer_viewer(
                self._as_viewer(records, users.get(viewer["uid"]), viewer["companies"]),
                known,
                names,
            )
            for viewer in viewers
        )

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
        if overrides(records, "_check_access"):
            return records._filtered_access("read").ids
        domain = records.env["ir.rule"]._compute_domain(records._name, "read")
        if domain.is_true():
            return records.ids
        if not same_for_all(records, domain):
            return records._filtered_access("read").ids
        key = repr(domain)
        if key not in known:
            known[key] = records._filtered_access("read").ids
        return known[key]

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


def same_for_all(records, domain):
    """Tell whether the domain means the same for every user: plain conditions on stored values."""
    return all(is_plain(records, part) for part in domain)


def is_plain(records, part):
    if isinstance(part, str):
        return True
    if not isinstance(part, tuple):
        return False
    path, operator, _value = part
    return isinstance(path, int) or (operator in PLAIN_OPERATORS and is_plain_path(records, path))


def is_plain_path(records, path):
    model = records
    for name in path.split("."):
        field = model._fields.get(name)
        if field is None or not (field.store or name == "id"):
            return False
        if field.company_dependent or field.translate or field.type in ("one2many", "properties"):
            return False
        model = model.env[field.comodel_name] if field.relational else model
    return True
