/** One browser tab's connection: its hello, its watches, its bounded outbox, on one shard. */
@NullMarked
package io.amanat.bridge.session;

import org.jspecify.annotations.NullMarked;
