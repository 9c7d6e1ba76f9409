/** The little of Python that record rules are written in. */
@NullMarked
package io.amanat.standin.python;

import org.jspecify.annotations.NullMarked;
