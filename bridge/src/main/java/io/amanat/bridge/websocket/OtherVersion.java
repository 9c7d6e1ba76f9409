package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;

/** Tells a client that speaks only other versions of the protocol so: before the upgrade, a browser could not read why. */
final class OtherVersion implements FrameHandler {

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        callback.succeeded();
        var closed = Callback.from(session::demand, failure -> session.abort());
        session.close(CloseCode.UNSUPPORTED_VERSION.number(), "unsupported_version", closed);
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
    }
}
