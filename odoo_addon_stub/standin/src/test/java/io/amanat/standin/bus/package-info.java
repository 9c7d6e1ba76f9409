@NullMarked
package io.amanat.standin.bus;

import org.jspecify.annotations.NullMarked;
