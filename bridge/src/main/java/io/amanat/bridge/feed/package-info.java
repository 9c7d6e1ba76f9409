/** Moves changes: from the source into the journal, and from the journal to whoever follows it. */
@NullMarked
package io.amanat.bridge.feed;

import org.jspecify.annotations.NullMarked;
