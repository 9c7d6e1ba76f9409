/** Reads and writes rows of served tables for their viewers, under their own role and policies. */
@NullMarked
package io.amanat.bridge.write;

import org.jspecify.annotations.NullMarked;
