import logging

from psycopg2 import DatabaseError

from odoo import api, models, tools
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .amanat_images import overrides
from .realtime_classes import asks_who, is_original, who_sees_the_same

_logger = logging.getLogger("amanat.realtime")

NOTHING = {"read": False, "ids": [], "fields": []}


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
        operation = question.get("operation", "read")
        judge = self._answer_writer if operation == "write" else self._answer_viewer
        if model is None:
            nothing = per_class([NOTHING] * len(question["viewers"]))
            return {**nothing, "versions": {}, "operation": operation}
        versions = self._versions(model, question["ids"])
        # sudo: existence only; who may read is judged below, per viewer.
        records = model.sudo().browse(i for i in dict.fromkeys(question["ids"]) if i in versions)
        known = KnownAccess()
        answers = self._of_each(
            self._as_viewers(records, question["viewers"]),
            lambda viewed: judge(viewed, known),
        )
        found = per_class(NOTHING if isinstance(a, Exception) else a for a in answers)
        versions = {str(i): v for i, v in versions.items() if v}
        return {**found, "versions": versions, "operation": operation}

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

    # Viewers

    @api.model
    def _as_viewers(self, records, viewers):
        """Return the records as each viewer has them, ``None`` for who has no rights at all."""
        users = self._active_users(viewer["uid"] for viewer in viewers)
        return [self._as_viewer(records, users.get(v["uid"]), v["companies"]) for v in viewers]

    @api.model
    def _active_users(self, ids):
        """Read at once what is needed of all of them.

        sudo: users are not readable for the service user; nothing of them is answered.
        """
        users = self.env["res.users"].sudo().browse(dict.fromkeys(ids)).exists()
        users.fetch(["active", "partner_id", "company_ids", "group_ids"])
        users = users.filtered("active")
        for name in ("company_ids.active", "all_group_ids", "lang", "tz"):
            users.mapped(name)
        return {user.id: user for user in users}

    @api.model
    def _as_viewer(self, records, user, companies):
        """Return the records as the user's browser asks for them, ``None`` if nobody asks.

        Rules may look at translated values, and compare days, which begin by the time zone.
        """
        allowed = set(user.company_ids.filtered("active").ids) if user else ()
        companies = [company for company in companies if company in allowed]
        if not companies:
            return None
        context = {"allowed_company_ids": companies, "lang": user.lang, "tz": user.tz}
        context = {key: value for key, value in context.items() if value}
        return records.with_env(self.env(user=user.id, su=False, context=context))

    @api.model
    def _of_each(self, viewers, judge):
        """Return ``judge(viewer)`` of each, or the exception that it raised: of nobody else.

        An error of the database spoils the transaction for those that follow; then, and only
        then, each of them gets a savepoint of its own.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                return [self._attempt(judge, viewer) for viewer in viewers]
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except DatabaseError:
            return [self._alone(judge, viewer) for viewer in viewers]

    @api.model
    def _alone(self, judge, viewer):
        try:
            with self.env.cr.savepoint(flush=False):
                return self._attempt(judge, viewer)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except DatabaseError as error:
            return failed(viewer, error)

    @api.model
    def _attempt(self, judge, viewer):
        try:
            return judge(viewer)
        except (DatabaseError, ConcurrencyError):
            raise
        except Exception as error:
            return failed(viewer, error)

    # What they may read

    @api.model
    def _answer_viewer(self, records, known):
        if records is None or not self._may_read_model(records, known):
            return NOTHING
        return {
            "read": True,
            "ids": self._readable_ids(records, known),
            "fields": self._readable_fields(records, known),
        }

    @api.model
    def _answer_writer(self, records, known):
        """Return what of the readable may be written: Odoo's own answer, for each by itself."""
        reading = self._answer_viewer(records, known)
        if not reading["read"] or not records.browse().has_access("write"):
            return NOTHING
        fields = [records._fields[name] for name in records._realtime_live_names()]
        readable = set(reading["fields"])
        return {
            "read": True,
            "ids": records.browse(reading["ids"])._filtered_access("write").ids,
            "fields": [
                field.name
                for field in fields
                if field.name in readable and records._has_field_access(field, "write")
            ],
        }

    @api.model
    def _may_read_model(self, records, known):
        access = records.env["ir.model.access"]
        shared = is_original(access, "check", "_get_allowed_models")
        key = records.env.user._get_group_ids() if shared else records.env.uid
        if key not in known.lists:
            known.lists[key] = access.check(records._name, "read", raise_exception=False)
        return known.lists[key]

    @api.model
    def _rules(self, records, known):
        """Return the record rules for reading as they come out for this viewer."""
        env = records.env
        key = env.user._get_group_ids(), asked_from(env)
        if self._rules_ask_who(records._name):
            key = env.uid, *key
        if key not in known.rules:
            known.rules[key] = env["ir.rule"]._compute_domain(records._name, "read")
        return known.rules[key]

    @api.model
    @tools.ormcache("name")
    def _rules_ask_who(self, name):
        """Tell whether two users in the same groups and companies may be under different rules."""
        if not is_original(self.env["ir.rule"], "_compute_domain", "_get_rules", "_eval_context"):
            return True
        texts, pending = [], [name]
        while pending:
            model = self.env[pending.pop()]
            texts += self.env["amanat.rights"]._rule_texts(model._name)
            pending += model._inherits
        return asks_who(texts)

    @api.model
    def _readable_ids(self, records, known):
        domain = self._rules(records, known)
        by_code = overrides(records, "_check_access") or overrides(records, "_search")
        if domain.is_true() and not by_code:
            return records.ids
        same = who_sees_the_same(records, domain)
        if same not in known.ids:
            known.ids[same] = self._found_ids(records)
        return known.ids[same]

    @api.model
    def _found_ids(self, records):
        """Return what the database finds, like ``read``: Odoo's filter compares in Python."""
        archived_too = records.with_context(active_test=False)
        found = set(archived_too._search([("id", "in", records.ids)]).get_result_ids())
        seen = records.filtered(lambda record: record.id in found)
        if overrides(records, "_check_access"):
            seen = seen._filtered_access("read")
        return seen.ids

    @api.model
    def _readable_fields(self, records, known):
        """Return the readable live fields; users in the same groups get the same answer."""
        if overrides(records, "_has_field_access"):
            return self._fields_of(records)
        key = records.env.user._get_group_ids()
        if key not in known.fields:
            known.fields[key] = self._fields_of(records)
        return known.fields[key]

    @api.model
    def _fields_of(self, records):
        live = records._realtime_live_names()
        wanted = dict.fromkeys(["id", "display_name", *live])
        return [n for n in wanted if records._has_field_access(records._fields[n], "read")]


class KnownAccess:
    """What one question found out already for some viewers, and holds for others, too."""

    def __init__(self):
        self.lists = {}
        self.rules = {}
        self.ids = {}
        self.fields = {}


def asked_from(env):
    """Return what of the session, beside the user, decides how rules come out."""
    return tuple(env.context["allowed_company_ids"]), env.context.get("lang"), env.context.get("tz")


def failed(viewer, error):
    """Say in the log whose rights cannot be told, without values, and return the error."""
    _logger.warning(
        "the rights of user %s on %s cannot be told (%s): denied; check its record rules",
        viewer.env.uid,
        viewer._name,
        type(error).__name__,
    )
    return error


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
