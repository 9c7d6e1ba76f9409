from ..exceptions import RealtimeConflict
from .common import RealtimeCase


class GuardCase(RealtimeCase):
    """Two users: one saves what a tab of theirs has seen, the other has written meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_user("guard_other", "amanat_realtime.group_user")
        cls.partners = cls.env["res.partner"].create([{"name": n} for n in ("Akbar", "Lola")])

    def save(self, record, vals, bases, spec=None, **more):
        """Save as a tab of the user does that has read ``bases``."""
        seen = {"amanat_base": {str(record.id): bases}}
        tab = record.with_user(self.user).with_context(**seen, **more)
        return tab.web_save(vals, spec or {})

    def conflict(self, record, vals, bases, **more):
        """Return what the refusal tells of this record; nothing was written."""
        self.env.flush_all()
        with self.assertRaises(RealtimeConflict) as raised, self.env.cr.savepoint():
            self.save(record, vals, bases, **more)
        error = raised.exception
        self.assertEqual(error.context["model"], record._name)
        self.assertEqual(len(error.args), 1)
        [found] = error.context["records"]
        return found

    def written(self, record, **vals):
        record.with_user(self.other).write(vals)
        self.env.flush_all()
