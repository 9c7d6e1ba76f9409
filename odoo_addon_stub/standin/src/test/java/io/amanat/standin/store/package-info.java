@NullMarked
package io.amanat.standin.store;

import org.jspecify.annotations.NullMarked;
