package solutions.itms.scs.artifact;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.server.ServerAccess;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.store.Stores;

/** The uploader as a Kura component. */
@Component(
        name = ArtifactConfig.PID,
        service = {ConfigurableComponent.class, ArtifactUploader.class},
        immediate = true,
        property = {"service.pid=" + ArtifactConfig.PID, "kura.service.pid=" + ArtifactConfig.PID})
@Designate(ocd = ArtifactConfig.class)
public final class ArtifactComponent implements ConfigurableComponent, ArtifactUploader {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactComponent.class);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Stores stores;
    private final Telemetry telemetry;
    private volatile @Nullable ServerAccess access;
    private volatile @Nullable SpoolingUploader uploader;
    private volatile Settings settings = Settings.of(new Options(Map.of()));
    private @Nullable AutoCloseable connection;

    /** Called by the framework. */
    @Activate
    public ArtifactComponent(@Reference Stores stores, @Reference Telemetry telemetry) {
        this.stores = stores;
        this.telemetry = telemetry;
    }

    @Reference(
            name = "ServerAccess",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeAccess")
    void setAccess(ServerAccess service) {
        access = service;
    }

    void removeAccess(ServerAccess service) {
        if (access == service) {
            access = null;
        }
    }

    @Activate
    void activate(Map<String, Object> properties) {
        settings = read(properties);
        SpoolingUploader unused = start();
        connection = telemetry.onConnected(this::connected);
    }

    @Modified
    void updated(Map<String, Object> properties) {
        settings = read(properties);
        SpoolingUploader running = start();
        if (running != null) {
            running.configure(settings);
        }
    }

    @Deactivate
    void deactivate() throws Exception {
        if (connection != null) {
            connection.close();
        }
        SpoolingUploader running = uploader;
        uploader = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public ArtifactDraft draft(ArtifactInfo info) throws ArtifactException {
        return running().draft(info);
    }

    @Override
    public void cancel(String command) {
        SpoolingUploader running = uploader;
        if (running != null) {
            running.cancel(command);
        }
    }

    private SpoolingUploader running() throws ArtifactException {
        SpoolingUploader running = uploader;
        if (running == null) {
            // the disk may take it by now
            running = start();
        }
        if (running == null) {
            throw new ArtifactException(FailureCode.UNAVAILABLE, "the gateway's disk takes no files at present");
        }
        return running;
    }

    private synchronized @Nullable SpoolingUploader start() {
        SpoolingUploader running = uploader;
        if (running != null) {
            return running;
        }
        try {
            SpoolingUploader made = new SpoolingUploader(
                    Spool.open(stores, () -> settings, CLOCK),
                    this::requests,
                    this::event,
                    CLOCK,
                    FIRST_PAUSE,
                    LONGEST_PAUSE,
                    settings);
            made.start();
            uploader = made;
            return made;
        } catch (IOException e) {
            LOG.error("Files can't be kept for the server: {}", e.getMessage());
            return null;
        }
    }

    private void connected() {
        SpoolingUploader running = uploader;
        if (running != null) {
            running.wake();
        }
    }

    private Optional<SignedRequests> requests() {
        ServerAccess now = access;
        return now == null ? Optional.empty() : now.requests();
    }

    private void event(String name, Map<String, Object> metrics) {
        telemetry.send("event/" + name, Payload.of(CLOCK.instant(), metrics), Priority.EVENT);
    }

    private static Settings read(Map<String, Object> properties) {
        Options options = new Options(properties);
        Settings read = Settings.of(options);
        options.problems().forEach(text -> LOG.warn("Configuration of artifacts: {}", text));
        return read;
    }
}
