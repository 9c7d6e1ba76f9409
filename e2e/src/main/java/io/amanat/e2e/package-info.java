/** Tests and measurements with real Odoo and real Chromium. */
@NullMarked
package io.amanat.e2e;

import org.jspecify.annotations.NullMarked;
