/** {@code bench board}: the plan board's page in a real browser while rows change. */
@NullMarked
package io.amanat.e2e.board;

import org.jspecify.annotations.NullMarked;
