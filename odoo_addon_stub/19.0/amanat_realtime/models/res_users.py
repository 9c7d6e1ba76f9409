from odoo import fields, models

from .realtime_collector import Event

MAX_EVENT_RECORDS = 1000


class ResUsers(models.Model):
    _inherit = "res.users"

    amanat_presence = fields.Boolean(
        "Show me at records",
        default=True,
        help="Colleagues who may read a record see that you have it open or edit it.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "amanat_presence"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "amanat_presence"]

    def _realtime_presence(self):
        """Return whether others see where this user is: ``shown``, ``hidden``; ``False`` for off.

        sudo: system parameters are for administrators; the preference is the user's own.
        """
        switch = self.env["ir.config_parameter"].sudo().get_param("amanat_realtime.presence")
        if switch == "off":
            return False
        hidden = self.has_group("amanat_realtime.group_no_presence")
        return "shown" if self.sudo().amanat_presence and not hidden else "hidden"

    def authenticate(self, credential, user_agent_env):
        """Whoever signs in leaves the login session that this browser had before."""
        found = super().authenticate(credential, user_agent_env)
        self.env["ir.http"]._realtime_login_ended()
        return found

    def _is_realtime_service_user(self):
        """Tell whether this is the one user the bridge signs in as; groups make no difference.

        sudo: the login is compared with a system parameter, which administrators only may read.
        """
        login = self.env["ir.config_parameter"].sudo().get_param("amanat_realtime.service_login")
        return bool(login) and len(self) == 1 and self.sudo().active and self.sudo().login == login

    def _send_realtime_notification(self, action, model, records, changed_fields=None):
        """Send a custom event to every open tab of these users, at commit.

        ``records`` are records of ``model``, their ids, or dictionaries with ``id``; what is sent
        of them are the fields that travel anyway (``_get_realtime_fields``).
        """
        given = records.ids if isinstance(records, models.BaseModel) else list(records)
        if len(given) > MAX_EVENT_RECORDS:
            raise ValueError(f"an event carries at most {MAX_EVENT_RECORDS} records; send several")
        event = Event(self.ids, action, model, given, list(changed_fields or ()))
        self.env["amanat.base.model"]._realtime_collect(note_event, event, reads=False)


def note_event(collector, event):
    if event.user_ids:
        collector.events.append(event)
