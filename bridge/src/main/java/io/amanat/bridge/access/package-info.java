/** The question who may read what right now, and the port it is asked through. */
@NullMarked
package io.amanat.bridge.access;

import org.jspecify.annotations.NullMarked;
