package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.connector.change.Position;
import io.amanat.connector.odoo.Json2Odoo;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.connector.source.BusSettings;
import io.amanat.connector.source.Candidate;
import io.amanat.connector.source.Candidate.Places;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.connector.source.PollSettings;
import io.amanat.connector.source.Trials;
import io.amanat.connector.source.WebSocketSettings;
import java.util.ArrayList;
import java.util.List;

/** How one database's Odoo is called, and where its changes are read. */
record Sources(DatabaseSettings settings, OdooRpc odoo) {

    /** The calls to Odoo, as the operator wants them. */
    static OdooRpc odoo(DatabaseSettings settings) {
        var source = settings.source();
        return switch (source.rpc()) {
            case XMLRPC -> new XmlRpcOdoo(settings.odoo());
            case JSON2 ->
                new Json2Odoo(settings.odoo().withPassword(source.apiKey().orElseThrow()));
        };
    }

    /** The source that the operator named, or the best one that works. */
    ChangeSource open(List<Position> from) {
        return switch (settings.source().kind()) {
            case AUTO -> ChangeSource.auto(candidates(), from);
            case WAL -> wal(from);
            case WEBSOCKET -> websocket(from);
            case LONGPOLLING -> longpolling(from);
            case POLL -> poll(from);
        };
    }

    private List<Candidate> candidates() {
        var candidates = new ArrayList<Candidate>();
        settings.source()
                .wal()
                .ifPresent(wal -> candidates.add(new Candidate("wal", Places.LOG, Trials.wal(wal), this::wal)));
        candidates.add(new Candidate(
                "websocket",
                Places.BUS,
                Trials.websocket(settings.odoo(), odoo, websocketSettings()),
                this::websocket));
        candidates.add(new Candidate("longpolling", Places.BUS, Trials.longPolling(odoo), this::longpolling));
        candidates.add(new Candidate("poll", Places.BUS, Trials.poll(odoo), this::poll));
        return candidates;
    }

    private ChangeSource wal(List<Position> from) {
        var source = settings.source();
        return ChangeSource.wal(source.wal().orElseThrow(), source.compatibleSenders(), from);
    }

    private ChangeSource websocket(List<Position> from) {
        return ChangeSource.websocket(settings.odoo(), odoo, websocketSettings(), bus(), from);
    }

    private ChangeSource longpolling(List<Position> from) {
        var source = settings.source();
        var at = LongPollingSettings.at(source.longpollingUrl()).withPlainChannel(source.compatibleSenders());
        return ChangeSource.longpolling(settings.odoo(), odoo, at, bus(), from);
    }

    private ChangeSource poll(List<Position> from) {
        return ChangeSource.poll(settings.odoo(), odoo, PollSettings.DEFAULT, bus(), from);
    }

    private WebSocketSettings websocketSettings() {
        SourceSettings source = settings.source();
        return WebSocketSettings.at(source.websocketUrl()).withPlainChannel(source.compatibleSenders());
    }

    private BusSettings bus() {
        return BusSettings.DEFAULT.withLateness(settings.source().lateness());
    }
}
