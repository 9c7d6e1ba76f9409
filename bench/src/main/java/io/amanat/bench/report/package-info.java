/** How every bench says what it found. */
@NullMarked
package io.amanat.bench.report;

import org.jspecify.annotations.NullMarked;
