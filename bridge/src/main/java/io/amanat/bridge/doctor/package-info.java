/** Examines whether everything between the bridge and Odoo is as it must be, and says what to do where it is not. */
@NullMarked
package io.amanat.bridge.doctor;

import org.jspecify.annotations.NullMarked;
