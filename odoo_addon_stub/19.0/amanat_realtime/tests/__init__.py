from . import (
    test_announce,
    test_bridge,
    test_bulk,
    test_cascade,
    test_event,
    test_guard,
    test_live_models,
    test_origin,
    test_plain,
    test_token,
    test_token_key,
    test_transactions,
)
