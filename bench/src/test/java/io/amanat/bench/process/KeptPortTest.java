package io.amanat.bench.process;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class KeptPortTest {

    @Test
    void aServerStartsOnItAgainAndAgainAndBetweenNobodyAnswersOrGetsIt() throws IOException {
        try (var port = new KeptPort()) {
            for (int life = 0; life < 3; life++) {
                assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
                assertThatExceptionOfType(BindException.class).isThrownBy(() -> take(port));
                try (var server = new ServerSocket()) {
                    server.setReuseAddress(true);
                    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
                    connect(port);
                }
            }
        }
    }

    private static void connect(KeptPort port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port.number())) {
            socket.setSoLinger(true, 0);
        }
    }

    private static void take(KeptPort port) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
        }
    }
}
