import logging

from psycopg2 import DatabaseError

from odoo import api, models

from .realtime_classes import who_sees_the_same
from .realtime_fields import overrides
from .realtime_sql import RETRIED

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
        if model is None:
            return {**per_class([NOTHING] * len(question["viewers"])), "versions": {}}
        versions = model._realtime_versions(question["ids"])
        # sudo: existence only; who may read is judged below, per viewer.
        records = model.sudo().browse(i for i in dict.fromkeys(question["ids"]) if i in versions)
        known = {}
        answers = self._of_each(
            self._as_viewers(records, question["viewers"]),
            lambda viewed: self._answer_viewer(viewed, known),
        )
        found = per_class(NOTHING if isinstance(a, Exception) else a for a in answers)
        return {**found, "versions": {str(i): version for i, version in versions.items()}}

    @api.model
    def _live_model(self, name):
        live = isinstance(name, str) and name in self.env["amanat.bridge"]._live_models()
        return self.env[name] if live else None

    # Viewers

    @api.model
    def _as_viewers(self, records, viewers):
        """Return the records as each viewer has them, ``None`` for who has no rights at all.

        sudo: users are not readable for the service user; nothing of them is answered.
        """
        ids = {viewer["uid"] for viewer in viewers}
        users = self.env["res.users"].sudo().browse(ids).exists().filtered("active")
        users = {user.id: user for user in users}
        return [self._as_viewer(records, users.get(v["uid"]), v["companies"]) for v in viewers]

    @api.model
    def _as_viewer(self, records, user, companies):
        """Return the records as the user's browser asks for them, ``None`` if nobody asks.

        Rules may look at translated values, and compare days, which begin by the time zone.
        """
        allowed = set(user.company_ids.ids) if user else ()
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
        except RETRIED:
            raise
        except DatabaseError:
            return [self._alone(judge, viewer) for viewer in viewers]

    @api.model
    def _alone(self, judge, viewer):
        try:
            with self.env.cr.savepoint(flush=False):
                return self._attempt(judge, viewer)
        except RETRIED:
            raise
        except DatabaseError as error:
            return failed(viewer, error)

    @api.model
    def _attempt(self, judge, viewer):
        try:
            return judge(viewer)
        except DatabaseError:
            raise
        except Exception as error:
            return failed(viewer, error)

    # What they may read

    @api.model
    def _answer_viewer(self, records, known):
        if records is None or not self._may_read_model(records):
            return NOTHING
        return {
            "read": True,
            "ids": self._readable_ids(records, known),
            "fields": self._readable_fields(records),
        }

    @api.model
    def _may_read_model(self, records):
        return records.check_access_rights("read", raise_exception=False)

    @api.model
    def _rules(self, records):
        """Return the record rules for reading as they come out for this viewer."""
        return records.env["ir.rule"]._compute_domain(records._name, "read") or []

    @api.model
    def _readable_ids(self, records, known):
        same = who_sees_the_same(records, self._rules(records))
        if same not in known:
            known[same] = self._found_ids(records)
        return known[same]

    @api.model
    def _found_ids(self, records):
        """Return what the database finds, like ``read``: Odoo's filter compares in Python."""
        found = records.with_context(active_test=False).search([("id", "in", records.ids)])
        if overrides(records, "check_access_rule"):
            found = found.filtered(may_read)
        return [i for i in records.ids if i in set(found.ids)]

    @api.model
    def _readable_fields(self, records):
        """Return the readable live fields."""
        wanted = dict.fromkeys(["id", "display_name", *records._realtime_live_names()])
        fields = records._fields
        return [
            name
            for name in wanted
            if not fields[name].groups or records.user_has_groups(fields[name].groups)
        ]


def may_read(record):
    try:
        record.check_access_rule("read")
    except DatabaseError:
        raise
    except Exception:
        return False
    return True


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
        key = repr(sorted(answer.items()))
        if key not in numbers:
            numbers[key] = len(distinct)
            distinct.append(answer)
        of.append(numbers[key])
    return {"answers": distinct, "of": of}
