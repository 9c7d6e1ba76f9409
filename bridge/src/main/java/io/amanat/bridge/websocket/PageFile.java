package io.amanat.bridge.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * One answer to a browser that loads a page.
 *
 * @param bytes never read where they are, but in a slice
 * @param version names these bytes; {@code ?v=} in an address asks for them and no others
 * @param kept whether a browser may keep it at all
 */
record PageFile(String type, ByteBuffer bytes, Optional<ByteBuffer> compressed, String version, boolean kept) {

    private static final int DIGITS = 16;

    static PageFile ofClassPath(String name, String type) {
        try (var file = PageFile.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
            return new PageFile(type, shared(bytes), Optional.of(shared(compressed(bytes))), version(bytes), true);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** JSON that nobody keeps: it may hold tokens. Not compressed, so its length says nothing about them. */
    static PageFile document(byte[] json) {
        return new PageFile("application/json; charset=utf-8", shared(json), Optional.empty(), version(json), false);
    }

    private static ByteBuffer shared(byte[] bytes) {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    /** As {@code client/build_board.js} writes it into the page. */
    private static String version(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
