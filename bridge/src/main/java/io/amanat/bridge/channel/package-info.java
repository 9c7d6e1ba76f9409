/** Knows who watches what and decides, change by change, what each class of viewers gets. */
@NullMarked
package io.amanat.bridge.channel;

import org.jspecify.annotations.NullMarked;
