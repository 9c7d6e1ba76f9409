/** The processes a bench starts, and what the kernel says they used. */
@NullMarked
package io.amanat.bench.process;

import org.jspecify.annotations.NullMarked;
