package io.amanat.bridge.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Replay;
import io.amanat.bridge.channel.Replays;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ready what was missed, a few at a time. Whoever asks for the same while it waits for its turn gets the very same, so that
 * thousands who come back at once cost a few. Safe to share; blocks, so call it on a virtual thread.
 */
final class Replayer {

    /** How long it is waited until everything up to now was decided; after that a watch re-reads. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How many records one frame holds at most. */
    static final int RECORDS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    private static final long KEPT_BYTES = 32L * 1024 * 1024;

    private final Desk desk;
    private final Replays replays;
    private final Semaphore turns =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final Map<Missing, CompletableFuture<Replayed>> waiting = new ConcurrentHashMap<>();
    private final Cache<Replay, List<Replayed.Missed>> encoded = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(KEPT_BYTES)
            .weigher((Replay of, List<Replayed.Missed> missed) -> weight(missed))
            .build();

    /** What several may miss together. */
    private record Missing(long feed, Rights rights, long from) {}

    Replayer(Desk desk, Replays replays) {
        this.desk = desk;
        this.replays = replays;
    }

    /** What somebody with these rights missed who has everything up to {@code from}; all of it was decided when this returns. */
    Replayed of(Watcher watcher, Rights rights, long from) {
        var missing = new Missing(watcher.feed().number(), rights, from);
        var answer = waiting.computeIfAbsent(missing, it -> {
            var mine = new CompletableFuture<Replayed>();
            Thread.startVirtualThread(() -> answer(it, watcher, mine));
            return mine;
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            return new Replayed.Untold(ResetReason.RESUME);
        }
    }

    private void answer(Missing missing, Watcher watcher, CompletableFuture<Replayed> answer) {
        try {
            answer.complete(decided(taken(missing, watcher, answer)));
        } catch (Throwable e) {
            waiting.remove(missing, answer);
            answer.completeExceptionally(e);
        }
    }

    /** Whoever asks from the moment on at which the newest offset is looked up needs another answer. */
    private Replayed taken(Missing missing, Watcher watcher, CompletableFuture<Replayed> answer)
            throws InterruptedException {
        turns.acquire();
        try {
            waiting.remove(missing, answer);
            long to = desk.ports().progress().offset();
            return switch (replays.of(watcher, missing.rights(), missing.from(), to)) {
                case Replay.Told told -> new Replayed.Told(encoded.get(told, it -> encode(told)), to);
                case Replay.Untold(var reason) -> new Replayed.Untold(reason);
            };
        } finally {
            turns.release();
        }
    }

    /** What changed rights until then has been heard of when everything until then was decided. */
    private Replayed decided(Replayed replayed) throws InterruptedException {
        return replayed instanceof Replayed.Told told && !desk.reached().await(told.to(), PATIENCE)
                ? new Replayed.Untold(ResetReason.RESUME)
                : replayed;
    }

    /** The messages of the application that somebody missed, as frames; everything up to {@code to} was decided then. */
    Replayed events(Viewer viewer, long from, long to) {
        try {
            if (!desk.reached().await(to, PATIENCE)) {
                return new Replayed.Untold(ResetReason.RESUME);
            }
            turns.acquire();
            try {
                var missed = replays.events(viewer, from, to);
                return new Replayed.Told(
                        missed.stream()
                                .<Replayed.Missed>map(it -> new Part(frame(it), new Replay.Part(it, 0, false)))
                                .toList(),
                        to);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Replayed.Untold(ResetReason.RESUME);
        } catch (RuntimeException e) {
            LOG.warn("the events that somebody missed cannot be told", e);
            return new Replayed.Untold(ResetReason.RESUME);
        }
    }

    private List<Replayed.Missed> encode(Replay.Told told) {
        var missed = new ArrayList<Replayed.Missed>();
        for (var whole : told.parts()) {
            for (var part : whole.slices(RECORDS)) {
                missed.add(new Part(frame(part.delivery()), part));
            }
        }
        return List.copyOf(missed);
    }

    private Outgoing frame(Delivery delivery) {
        return Outgoing.replay(desk.writer().writeOnce(Frames.of(delivery)), Frames.feed(delivery), delivery.offset());
    }

    /** One frame; its author's is written when it is asked for, which is rare. */
    private final class Part implements Replayed.Missed {
        private final Outgoing frame;
        private final Replay.Part part;
        private Optional<Outgoing> own = Optional.empty();

        Part(Outgoing frame, Replay.Part part) {
            this.frame = frame;
            this.part = part;
        }

        @Override
        public int size() {
            return frame.size();
        }

        @Override
        public Optional<Outgoing> of(long userId) {
            return userId == part.author() ? own() : Optional.of(frame);
        }

        private synchronized Optional<Outgoing> own() {
            if (own.isEmpty()) {
                own = part.own().map(Replayer.this::frame);
            }
            return own;
        }
    }

    private static int weight(List<Replayed.Missed> missed) {
        return 100 + 2 * missed.stream().mapToInt(Replayed.Missed::size).sum();
    }
}
