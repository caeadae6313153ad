package solutions.itms.scs.nvr;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.onvif.watch.Member;

/** One recorder as a Kura component. */
@Component(
        name = NvrConfig.PID,
        service = ConfigurableComponent.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.pid=" + NvrConfig.PID)
@Designate(ocd = NvrConfig.class, factory = true)
public final class NvrComponent implements ConfigurableComponent {
    private final Member<NvrSettings, Recorder> member;
    private @Nullable CryptoService crypto;

    /** Called by the framework. */
    @Activate
    public NvrComponent(@Reference Nvrs nvrs) {
        member = new Member<>(nvrs.fleet());
    }

    @Reference(
            name = "CryptoService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCryptoService(CryptoService service) {
        crypto = service;
    }

    @Activate
    void activate(Map<String, Object> properties) {
        updated(properties);
    }

    @Modified
    void updated(Map<String, Object> properties) {
        member.configure(NvrSettings.of(
                new Options(properties),
                stored -> StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes)));
    }

    @Deactivate
    void deactivate() {
        member.close();
    }
}
