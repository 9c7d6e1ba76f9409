/** Tests of topics. */
@NullMarked
package io.amanat.bridge.topic;

import org.jspecify.annotations.NullMarked;
