/** The operator's listener: is the bridge ready, what does it count, what passes; and the client that commands use to ask it. */
@NullMarked
package io.amanat.bridge.admin;

import org.jspecify.annotations.NullMarked;
