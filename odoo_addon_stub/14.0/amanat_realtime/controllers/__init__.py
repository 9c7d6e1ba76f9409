from . import bus, session, token
