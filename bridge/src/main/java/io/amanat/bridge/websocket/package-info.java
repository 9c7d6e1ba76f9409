/** The browsers' port: Jetty's side of a session, and the checks before it may begin. */
@NullMarked
package io.amanat.bridge.websocket;

import org.jspecify.annotations.NullMarked;
