from . import test_announce, test_bridge, test_token
