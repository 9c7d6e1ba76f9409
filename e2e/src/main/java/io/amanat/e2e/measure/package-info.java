/** {@code bench e2e}: from one user's commit in real Odoo to the other user's list in real Chromium. */
@NullMarked
package io.amanat.e2e.measure;

import org.jspecify.annotations.NullMarked;
