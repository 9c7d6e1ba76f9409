import json
from datetime import UTC, datetime

from odoo import _, api, models
from odoo.addons.bus.models.bus import json_dump
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.module import get_manifest

from .realtime_collector import Changes
from .realtime_domains import Budget
from .realtime_messages import CHANNEL, canary_message

PROTOCOL = 1
AUDIENCE = "amanat-realtime"
MAX_QUESTIONS = 200
MAX_IDS = 1000
MAX_VIEWERS = 5000
MAX_ROWS = 1000
MAX_NONCE = 64


class AmanatBridge(models.AbstractModel):
    """What the bridge may ask. Every method checks that it is the one configured service user."""

    _name = "amanat.bridge"
    _description = "Questions of the bridge"

    @api.model
    def bridge_info(self):
        """Return who we are, the keys that sign tokens, the channel and the live models."""
        self._check_service_user()
        # sudo: amanat.token.key reads system parameters; only public halves are answered.
        keys = self.env["amanat.token.key"].sudo()
        issuer = keys._issuer()
        database_uuid, install_id = issuer.split("/")
        group = self.env.ref("amanat_realtime.group_bridge")
        return {
            "addon_version": get_manifest("amanat_realtime")["version"],
            "protocol": PROTOCOL,
            "database": self.env.cr.dbname,
            "database_uuid": database_uuid,
            "install_id": install_id,
            "issuer": issuer,
            "audience": AUDIENCE,
            "keys": [keys._public_jwk()],
            "channel": [self.env.cr.dbname, "res.groups", group.id, CHANNEL],
            "channel_guard": True,
            "service_user_id": self.env.uid,
            "incarnation": self.env["amanat.bus"]._incarnation(),
            "bus_retention": self.env["amanat.bus"]._retention(),
            "models": {name: self._describe(name) for name in self._live_models()},
        }

    @api.model
    def readable(self, questions, fresh=False):
        """Answer which of the asked records and fields each viewer may read, or write, now."""
        self._check_service_user()
        self._check_size(questions)
        if fresh:
            self._forget_rights()
        return [self.env["amanat.access"]._answer(question) for question in questions]

    @api.model
    def people(self, questions, fresh=False):
        """Answer what each viewer may call which of the asked users."""
        self._check_service_user()
        self._check_size(questions)
        if fresh:
            self._forget_rights()
        return [self.env["amanat.people"]._answer(question) for question in questions]

    @api.model
    def rights(self, questions, fresh=False):
        """Answer what each viewer may read of a model, as a domain on the record's own values.

        ``fresh`` forgets what this process remembers of rules and groups first: a change of rights
        is announced before the other processes have heard of it.
        """
        self._check_service_user()
        self._check_size(questions)
        if fresh:
            self._forget_rights()
        budget = Budget()
        return [self.env["amanat.rights"]._answer(question, budget) for question in questions]

    @api.model
    def viewer(self, login):
        """Answer who that is and what would be in a token; ``False`` if nobody.

        sudo: users are not readable for the service user.
        """
        self._check_service_user()
        user = self.env["res.users"].sudo().search([("login", "=", login)], limit=1)
        if not isinstance(login, str) or not user:
            return False
        return {
            "uid": user.id,
            "name": user.name,
            "companies": companies_of(user),
            "lang": user.lang or "en_US",
        }

    @api.model
    def images(self, model, ids):
        """Answer the records as a message about them would hold them now."""
        self._check_service_user()
        self._check_size([{"ids": ids, "viewers": []}])
        if self.env["amanat.access"]._live_model(model) is None:
            return {"records": [], "rules": [], "versions": []}
        reader = self.env["amanat.announcer"]._as_reader()
        found = reader.env["amanat.images"]._read(model, list(dict.fromkeys(ids)), Changes())
        return json.loads(json_dump(found))

    @api.model
    def poll(self, after, limit=MAX_ROWS):
        """Answer the rows of our channel with an id above ``after``, by id, and how far the bus is.

        Ids are taken before the commit: what is read here may be joined by lower ids later.
        """
        self._check_service_user()
        if not is_number(after, 0) or not is_number(limit, 1) or limit > MAX_ROWS:
            raise ValidationError(
                _("After which id, from 0 on, and at most how many, 1 to %s?", MAX_ROWS)
            )
        return self.env["amanat.bus"]._poll(after, limit)

    @api.model
    def canary(self, nonce):
        """Send a message to the one who asks, and answer how far the bus is."""
        self._check_service_user()
        if not isinstance(nonce, str) or not 1 <= len(nonce) <= MAX_NONCE:
            raise ValidationError(_("A nonce is a text of 1 to %s characters.", MAX_NONCE))
        self.env["amanat.announcer"]._send([canary_message(nonce, datetime.now(UTC))])
        return self.env["amanat.bus"]._state()

    @api.model
    def _forget_rights(self):
        """Clear the caches of this process only: the others are signalled by Odoo itself."""
        signalled = set(self.env.registry.cache_invalidated)
        self.env.registry.clear_cache("default", "groups")
        self.env.registry.cache_invalidated.intersection_update(signalled)

    @api.model
    def _live_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if not model._abstract and issubclass(model, self.env.registry["amanat.base.model"])
        )

    @api.model
    def _describe(self, name):
        """sudo: ir.model is not readable for the service user; the label is no secret."""
        model = self.env[name]
        return {
            "label": self.env["ir.model"].sudo()._get(name).name,
            "fields": {field: model._fields[field].type for field in model._realtime_live_names()},
        }

    @api.model
    def _check_service_user(self):
        if not self.env.user._is_realtime_service_user():
            raise AccessError(_("Only the configured service user of the bridge may ask this."))

    @api.model
    def _check_size(self, questions):
        if len(questions) > MAX_QUESTIONS or any(
            len(question.get("ids", question.get("users", ()))) > MAX_IDS
            or len(question["viewers"]) > MAX_VIEWERS
            for question in questions
        ):
            raise ValidationError(
                _(
                    "At most %(questions)s questions of %(ids)s ids and %(viewers)s viewers; "
                    "ask in several calls.",
                    questions=MAX_QUESTIONS,
                    ids=MAX_IDS,
                    viewers=MAX_VIEWERS,
                )
            )


def companies_of(user):
    """Return the ids of the user's companies, the main one first."""
    return list(dict.fromkeys([*user.company_id.ids, *user.company_ids.ids]))


def is_number(value, least):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
