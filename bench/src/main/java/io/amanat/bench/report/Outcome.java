package io.amanat.bench.report;

import java.util.List;

/**
 * What a run found.
 *
 * @param complaints the first reasons why it is not clean
 * @param broken whether something that is promised did not hold
 */
public record Outcome(Report report, List<String> complaints, boolean broken) {}
