package io.amanat.bridge.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged while it is open, warnings at least, whatever the level of the tests' log is. */
final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level before;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private record Line(String logger, LogName name, String text) {}

    /** Listens to the loggers of this package. */
    Logged(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        before = logger.getLevel();
        if (!logger.isWarnEnabled()) {
            logger.setLevel(Level.WARN);
        }
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }

    /** The databases whose names are told in what this class says; empty names where none is told. */
    Set<String> databases(String of) {
        return lines.stream()
                .filter(it -> it.logger().endsWith("." + of))
                .map(it -> it.name().database().orElse(""))
                .collect(Collectors.toSet());
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new Line(event.getLoggerName(), LogName.here(), event.getFormattedMessage()));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
