import base64
import json

from odoo.tests import HttpCase

JSON = {"Content-Type": "application/json"}


class JsonCase(HttpCase):
    def json(self, path, headers=(), **params):
        """Call a route of type json and return the whole answer."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(path, data=body, headers={**JSON, **dict(headers)})

    def token(self):
        return self.json("/amanat_realtime/token").json()["result"]


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def decoded(text):
    return json.loads(raw(text))
