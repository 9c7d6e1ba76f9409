@NullMarked
package io.amanat.standin.http;

import org.jspecify.annotations.NullMarked;
