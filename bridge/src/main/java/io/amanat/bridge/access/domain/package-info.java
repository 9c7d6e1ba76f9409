/** Odoo's domains, judged on the values a change carries: yes, no, or undecided where those values cannot tell. */
@NullMarked
package io.amanat.bridge.access.domain;

import org.jspecify.annotations.NullMarked;
