package io.amanat.bridge.app;

/** Writes figures in Prometheus' text format, version 0.0.4. */
final class Prometheus {

    private final StringBuilder text = new StringBuilder();

    Prometheus gauge(String name, String help, Number value) {
        return head(name, "gauge", help).sample(name, "", value);
    }

    Prometheus head(String name, String type, String help) {
        text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
        return this;
    }

    Prometheus sample(String name, String labels, Number value) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
        return this;
    }

    static String number(Number value) {
        if (value instanceof Long || value instanceof Integer) {
            return value.toString();
        }
        double number = value.doubleValue();
        return Double.isInfinite(number) ? "+Inf" : Double.toString(number);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
