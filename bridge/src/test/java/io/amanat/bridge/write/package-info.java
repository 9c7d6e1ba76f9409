/** Tests of reading and writing rows for their viewers. */
@NullMarked
package io.amanat.bridge.write;

import org.jspecify.annotations.NullMarked;
