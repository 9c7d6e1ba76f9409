from . import (
    test_announce,
    test_bridge,
    test_bus,
    test_guard,
    test_logout,
    test_rights,
    test_rights_changes,
    test_token,
)
