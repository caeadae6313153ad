package solutions.itms.scs.server.artifact;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.StreamServlet;

/** Hands files out to whoever has a token, in parts if they want. Nothing in a file can run: see the headers. Thread-safe. */
public final class DownloadServlet extends StreamServlet {
    private static final long serialVersionUID = 1L;
    private static final int MAX_AT_ONCE = 24;
    private static final int BLOCK = 512 * 1024;

    private final transient ArtifactTable table;
    private final transient ObjectStore store;
    private final transient Links links;
    private final transient Semaphore places = new Semaphore(MAX_AT_ONCE);

    DownloadServlet(ArtifactTable table, ObjectStore store, Links links) {
        super(Set.of("GET", "HEAD"));
        this.table = table;
        this.store = store;
        this.links = links;
    }

    @Override
    protected void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String id = path == null ? "" : path.substring(1);
        Artifact artifact = table.find(id);
        if (artifact != null && artifact.state() != Artifact.State.READY) {
            throw Problem.notFound("This file is not there, or not there any more.");
        }
        links.check(request.getParameter("token"), id, Links.Purpose.GET);
        if (artifact == null) {
            throw Problem.notFound("There is no such file.");
        }
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Too many downloads at once.");
        }
        try {
            answer(request, response, artifact);
        } finally {
            places.release();
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Artifact artifact)
            throws IOException {
        long size = artifact.size() == null ? 0 : artifact.size();
        String etag = "\"" + artifact.sha256() + "\"";
        Disposition.of(artifact, "1".equals(request.getParameter("download"))).addTo(response);
        response.setHeader("ETag", etag);
        response.setHeader("Accept-Ranges", "bytes");
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        String ifRange = request.getHeader("If-Range");
        String range = ifRange == null || ifRange.equals(etag) ? request.getHeader("Range") : null;
        ByteRange part = ByteRange.of(range, size);
        if (part == null) {
            response.setHeader("Content-Range", "bytes */" + size);
            throw new Problem(416, "range_not_satisfiable", "No such range", "The file has " + size + " bytes.");
        }
        if (part.isPartial()) {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        response.setContentLengthLong(part.length());
        if (request.getMethod().equals("GET")) {
            send(response.getOutputStream(), artifact, part);
        }
    }

    private void send(ServletOutputStream out, Artifact artifact, ByteRange part) throws IOException {
        try {
            Optional<FileChannel> file = store.file(artifact.id());
            if (file.isPresent() && out instanceof HttpOutput direct) {
                try (FileChannel channel = file.get()) {
                    send(direct, channel, part);
                }
                return;
            }
            try (InputStream in = store.open(artifact.id(), part.first(), part.length())) {
                in.transferTo(out);
            }
        } catch (NoSuchFileException e) {
            throw Problem.notFound("This file is not there any more.");
        }
    }

    private static void send(HttpOutput out, FileChannel channel, ByteRange part) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(BLOCK, Math.max(1, part.length())));
        long at = part.first();
        long left = part.length();
        while (left > 0) {
            block.clear().limit((int) Math.min(block.capacity(), left));
            int count = channel.read(block, at);
            if (count < 0) {
                throw new IOException("a stored file is shorter than it was");
            }
            out.write(block.flip());
            at += count;
            left -= count;
        }
    }
}
