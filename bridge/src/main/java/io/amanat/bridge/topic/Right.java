package io.amanat.bridge.topic;

/**
 * What somebody may do in a topic.
 *
 * @param read hear what is told there
 * @param send be there and tell something; counts for nothing without {@code read}
 */
public record Right(boolean read, boolean send) {

    static final Right NONE = new Right(false, false);

    public Right {
        send = send && read;
    }
}
