package solutions.itms.scs.testkit.rtsp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of a client, with or without TLS. Writing is thread-safe. */
final class Link {
    private final Socket socket;
    private final InputStream in;

    @Nullable
    private final SocketChannel channel;

    private byte[] copy = new byte[0];

    Link(SocketChannel channel) {
        this.channel = channel;
        socket = channel.socket();
        ByteBuffer buffer = ByteBuffer.allocate(4096).limit(0);
        in = new InputStream() {
            @Override
            public int read() throws IOException {
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                    int count = channel.read(buffer);
                    buffer.flip();
                    if (count < 0) {
                        return -1;
                    }
                }
                return buffer.get() & 0xff;
            }
        };
    }

    Link(Socket socket) throws IOException {
        this.socket = socket;
        channel = null;
        in = new BufferedInputStream(socket.getInputStream());
    }

    InputStream in() {
        return in;
    }

    synchronized void write(ByteBuffer bytes) throws IOException {
        if (channel != null) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return;
        }
        if (copy.length < bytes.remaining()) {
            copy = new byte[bytes.remaining()];
        }
        int length = bytes.remaining();
        bytes.get(copy, 0, length);
        OutputStream out = socket.getOutputStream();
        out.write(copy, 0, length);
        out.flush();
    }

    void write(byte[] bytes) throws IOException {
        write(ByteBuffer.wrap(bytes));
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more in any case
        }
    }
}
