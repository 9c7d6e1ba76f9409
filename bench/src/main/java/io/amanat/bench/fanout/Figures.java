package io.amanat.bench.fanout;

/**
 * What a bridge counts, as it tells those who monitor it.
 *
 * @param page in Prometheus' text format
 */
public record Figures(String page) {

    /** The sum of this figure's samples that have all of {@code labels}, such as {@code reason="overflow"}. */
    public double sum(String name, String... labels) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> has(line, labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean has(String line, String... labels) {
        for (String label : labels) {
            if (!line.contains(label)) {
                return false;
            }
        }
        return true;
    }
}
