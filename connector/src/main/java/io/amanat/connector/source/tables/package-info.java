/** Reads published tables from PostgreSQL's write-ahead log: rows before and after, as changes with JSON values. */
@NullMarked
package io.amanat.connector.source.tables;

import org.jspecify.annotations.NullMarked;
