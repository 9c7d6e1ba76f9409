package io.amanat.bridge.channel;

/**
 * That something was decided, without any value: for those who watch the bridge work.
 *
 * @param model empty text when every model is concerned
 * @param operation create, update, delete, bulk, event or gap
 * @param records how many records it was about
 * @param actorId the user who did it; 0 when unknown
 * @param classes how many different frames it led to
 * @param viewers how many viewers got data
 * @param resets how many viewers were told to re-read
 */
public record Decided(
        long offset, String model, String operation, int records, long actorId, int classes, int viewers, int resets) {}
