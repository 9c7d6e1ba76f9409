/** What the add-on does inside Odoo: announcing committed changes, answering the bridge's questions, signing tokens. */
@NullMarked
package io.amanat.standin.addon;

import org.jspecify.annotations.NullMarked;
