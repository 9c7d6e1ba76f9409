/** Proves who a browser speaks for, from the token that the add-on signed. */
@NullMarked
package io.amanat.bridge.identity;

import org.jspecify.annotations.NullMarked;
