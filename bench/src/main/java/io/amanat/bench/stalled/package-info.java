/** {@code bench stalled}: what viewers that do not read cost the bridge, and all the others. */
@NullMarked
package io.amanat.bench.stalled;

import org.jspecify.annotations.NullMarked;
