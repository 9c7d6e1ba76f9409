/** Who is at which record: collected from what sessions have open and edit, and told to those who may read the record. */
@NullMarked
package io.amanat.bridge.presence;

import org.jspecify.annotations.NullMarked;
