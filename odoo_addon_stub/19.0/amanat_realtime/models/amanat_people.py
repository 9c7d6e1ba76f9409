from odoo import api, models

from .amanat_access import KnownAccess


class AmanatPeople(models.AbstractModel):
    """Says what users may call each other: whom they may not read in Odoo they may not name."""

    _name = "amanat.people"
    _description = "What users may call each other"

    @api.model
    def _answer(self, question):
        # sudo: existence only; who may see whom is judged below, per viewer.
        users = self.env["res.users"].sudo().browse(dict.fromkeys(question["users"])).exists()
        access = self.env["amanat.access"]
        known = KnownAccess()
        seen = access._of_each(
            access._as_viewers(users, question["viewers"]),
            lambda viewed: self._seen(viewed, known),
        )
        # sudo: the name of a user is the partner's, and shown to whoever may read the user.
        names = {user.id: user.name for user in users}
        return named([() if isinstance(ids, Exception) else ids for ids in seen], names)

    @api.model
    def _seen(self, users, known):
        """Return the ids of those users that this viewer may read; everybody may read oneself."""
        if users is None:
            return ()
        access = self.env["amanat.access"]
        ids = set(users.ids) & {users.env.uid}
        if access._may_read_model(users, known):
            ids.update(access._readable_ids(users, known))
        return tuple(sorted(ids))


def named(seen, names):
    """Return the different answers once, and for each viewer the number of its own."""
    numbers = {ids: number for number, ids in enumerate(dict.fromkeys(seen))}
    answers = [{"names": {str(i): names[i] for i in ids}} for ids in numbers]
    return {"answers": answers, "of": [numbers[ids] for ids in seen]}
