package io.amanat.connector.source;

import io.amanat.connector.change.Change;

/**
 * A bus message that was understood, or the gap that stands for it.
 *
 * @param id of the bus message
 * @param txid the transaction that sent it; 0 when the message does not say
 */
record Decoded(long id, long txid, Change change) {}
