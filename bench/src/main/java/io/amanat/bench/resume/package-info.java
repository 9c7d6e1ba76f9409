/** {@code bench resume}: viewers who come back to a bridge that was killed, each of whom checks that nothing is missing. */
@NullMarked
package io.amanat.bench.resume;

import org.jspecify.annotations.NullMarked;
