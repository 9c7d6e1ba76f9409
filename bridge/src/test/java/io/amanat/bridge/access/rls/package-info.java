/** Tests of who may see which row. */
@NullMarked
package io.amanat.bridge.access.rls;

import org.jspecify.annotations.NullMarked;
