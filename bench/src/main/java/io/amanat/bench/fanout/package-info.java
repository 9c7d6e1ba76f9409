/** {@code bench fanout}: one change to many viewers, each of whom checks what it got and what it must not get. */
@NullMarked
package io.amanat.bench.fanout;

import org.jspecify.annotations.NullMarked;
