package io.amanat.bench.resume;

import tools.jackson.databind.JsonNode;

/** Up to where one watch has everything, kept by the rules of docs/protocol.md, "Resume", as {@code client/src} keeps it. */
final class Standing {
    private String epoch = "";
    private String rights = "";
    private long heard;
    private long offset = -1;
    private boolean resuming;
    private boolean known;

    /** What {@code hello} says of it: a member to be put into an object, or nothing. */
    String helloMember() {
        return epoch.isEmpty() ? "" : ",\"resume\":{\"epoch\":\"%s\",\"offset\":%d}".formatted(epoch, heard);
    }

    /** The same for {@code watch}. */
    String watchMember() {
        return known
                ? ",\"resume\":{\"epoch\":\"%s\",\"offset\":%d,\"rights\":\"%s\"}".formatted(epoch, offset, rights)
                : "";
    }

    void welcomed(JsonNode welcome) {
        String now = welcome.path("epoch").asString();
        known &= now.equals(epoch);
        epoch = now;
        heard = welcome.path("offset").asLong();
    }

    /** Returns whether what was missed is to come now; else the watch begins here. */
    boolean opened(JsonNode ok) {
        rights = ok.path("rights").asString();
        resuming = known;
        if (!known) {
            standAt(ok.path("offset").asLong());
        }
        return resuming;
    }

    /** Everything that was missed has come, or is to be read again. */
    void standAt(long now) {
        offset = now;
        known = true;
        resuming = false;
    }

    void heartbeat(long named) {
        heard = Math.max(heard, named);
    }

    /** One change may lead to several frames. */
    void changed(long named) {
        if (!resuming) {
            heard = Math.max(heard, named - 1);
        }
    }

    /** The connection is gone: what was resuming stays where it was. */
    void lost() {
        if (known && !resuming) {
            offset = Math.max(offset, heard);
        }
        resuming = false;
    }
}
