package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps the bytes of whole files, each under its id. A file is there whole or not at all. Thread-safe. */
interface ObjectStore extends AutoCloseable {
    /** Takes a file over; it is there, and on the disk, when this returns, and the one that was given is gone. */
    void put(String id, Path file, MediaType type) throws IOException;

    /** Bytes of an object; empty when there is none. */
    OptionalLong size(String id) throws IOException;

    /** A part of an object. @throws NoSuchFileException when there is none */
    InputStream open(String id, long from, long length) throws IOException;

    /** The object as a file, where it is one. @throws NoSuchFileException when there is none */
    default Optional<FileChannel> file(String id) throws IOException {
        return Optional.empty();
    }

    /** Does nothing when there is none. */
    void delete(String id) throws IOException;

    /** Every object. */
    void list(Listing listing) throws IOException;

    /** An address at which the store itself hands the object out, where that is allowed. */
    default Optional<URI> address(String id, Duration life, String type, String disposition) {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /** Is told of objects. */
    @FunctionalInterface
    interface Listing {
        void object(String id, long size, Instant changed) throws IOException;
    }
}
