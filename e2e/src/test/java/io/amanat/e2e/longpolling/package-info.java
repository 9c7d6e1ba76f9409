/** The bus of Odoo 14, read by long polling: from the stand-in and from a real one. */
@NullMarked
package io.amanat.e2e.longpolling;

import org.jspecify.annotations.NullMarked;
