package io.amanat.bridge.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.amanat.bridge.app.settings.Settings.Logging;
import org.slf4j.LoggerFactory;

/** Makes the logs as the settings want them: on standard error, lines for a person or JSON for a collector. */
final class Logs {

    /** A stack trace is for whoever mends the program; in the text of a service it stays short. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%X{" + LogName.KEY + ":--}] %logger{0}: %msg%n%ex{5}";

    private Logs() {}

    static void configure(Logging logging) {
        configure(logging, (LoggerContext) LoggerFactory.getILoggerFactory());
    }

    static void configure(Logging logging, LoggerContext context) {
        context.reset();
        context.setMDCAdapter(LogName.names());
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(started(encoder(logging.format()), context));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.amanat").setLevel(Level.toLevel(logging.level().name()));
    }

    private static Encoder<ILoggingEvent> encoder(Logging.Format format) {
        return switch (format) {
            case TEXT -> {
                var text = new PatternLayoutEncoder();
                text.setPattern(PATTERN);
                yield text;
            }
            case JSON -> {
                var json = new JsonEncoder();
                json.setWithMessage(false);
                json.setWithFormattedMessage(true);
                json.setWithArguments(false);
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                yield json;
            }
        };
    }

    private static Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
