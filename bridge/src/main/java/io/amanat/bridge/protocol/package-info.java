/** The frames of the browser protocol, read and written; docs/protocol.md is their contract. */
@NullMarked
package io.amanat.bridge.protocol;

import org.jspecify.annotations.NullMarked;
