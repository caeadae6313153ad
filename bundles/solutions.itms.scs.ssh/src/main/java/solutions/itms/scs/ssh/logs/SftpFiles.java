package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteDirectory;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RemoteResourceFilter;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;

/** Files over SFTP, which needs no shell, and so no quoting. */
public final class SftpFiles implements RemoteFiles {
    /** Requests that are under way at once; enough for 10 MB/s at 50 ms. */
    private static final int AHEAD = 16;

    private final SFTPEngine engine;

    public SftpFiles(SFTPEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<String> names(String folder, int limit) throws IOException {
        List<String> names = new ArrayList<>();
        try (RemoteDirectory directory = engine.openDir(folder)) {
            directory.scan((RemoteResourceFilter) resource -> {
                if (names.size() >= limit) {
                    throw new Enough();
                }
                names.add(resource.getName());
                return false;
            });
        } catch (Enough e) {
            // an endless folder
        } catch (SFTPException e) {
            if (e.getStatusCode() != Response.StatusCode.NO_SUCH_FILE) {
                throw new IOException(folder + " can't be listed: " + e.getMessage(), e);
            }
        }
        return names;
    }

    @Override
    public String realPath(String path) throws IOException {
        return engine.canonicalize(path);
    }

    @Override
    public @Nullable Entry file(String realPath) throws IOException {
        try {
            FileAttributes attributes = engine.lstat(realPath);
            return attributes.getType() == FileMode.Type.REGULAR
                    ? new Entry(realPath, attributes.getSize(), attributes.getMtime())
                    : null;
        } catch (SFTPException e) {
            if (e.getStatusCode() == Response.StatusCode.NO_SUCH_FILE) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public InputStream read(Entry file, long from) throws IOException {
        RemoteFile open = engine.open(file.path(), EnumSet.of(OpenMode.READ));
        return new FilterClosing(open.new ReadAheadRemoteFileInputStream(AHEAD, from), open);
    }

    /** Ends a listing. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    /** Gives the handle back with the stream. */
    private static final class FilterClosing extends java.io.FilterInputStream {
        private final RemoteFile file;

        FilterClosing(InputStream in, RemoteFile file) {
            super(in);
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            super.close();
            file.close();
        }
    }
}
