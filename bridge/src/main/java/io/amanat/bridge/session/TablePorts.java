package io.amanat.bridge.session;

import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.table.TableWatching;
import io.amanat.bridge.topic.Rights;
import io.amanat.bridge.topic.Rules;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the sessions of a database of tables need besides.
 *
 * @param leaves gives a viewer's number back, when nothing that is under way can hold it any more
 * @param feeds numbers for topics, which no table's feed has
 * @param topics which there may be
 * @param topicRights who may do what there
 * @param reports what clients measured
 */
public record TablePorts(
        Viewers viewers,
        Consumer<Integer> leaves,
        TableWatching watching,
        TableRows rows,
        Stamps stamps,
        LongSupplier feeds,
        Rules topics,
        Rights topicRights,
        Consumer<TableRequest.Report> reports) {}
