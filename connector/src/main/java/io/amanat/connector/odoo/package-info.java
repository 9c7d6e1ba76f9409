/** The Odoo client: remote calls as one user, with errors that say what to do. */
@NullMarked
package io.amanat.connector.odoo;

import org.jspecify.annotations.NullMarked;
