/** The real Odoo that tests and benches use: where it is, and its users over JSON-RPC. */
@NullMarked
package io.amanat.e2e.lab;

import org.jspecify.annotations.NullMarked;
