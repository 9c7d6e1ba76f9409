/** Odoo's message bus: numbered notifications on channels, and the websockets that listen to them. */
@NullMarked
package io.amanat.standin.bus;

import org.jspecify.annotations.NullMarked;
