/** Reads PostgreSQL's write-ahead log by logical decoding: bytes of pgoutput into whole transactions. Knows nothing of what the rows mean. */
@NullMarked
package io.amanat.connector.source.wal;

import org.jspecify.annotations.NullMarked;
