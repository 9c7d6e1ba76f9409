/** Topics of tenants that serve tables: who is there, and what they tell each other. Nothing of it is kept. */
@NullMarked
package io.amanat.bridge.topic;

import org.jspecify.annotations.NullMarked;
