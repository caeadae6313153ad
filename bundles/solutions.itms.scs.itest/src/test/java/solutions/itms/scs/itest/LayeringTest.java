package solutions.itms.scs.itest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may know whom: see docs/design/architecture.md. */
class LayeringTest {
    private static final String ROOT = "solutions.itms.scs.";
    private static final List<String> FEATURES =
            List.of("gateway", "command", "artifact", "station", "ssh", "camera", "nvr", "cloud.mqtt");

    @SuppressWarnings("NullAway.Init")
    private static JavaClasses ours;

    @BeforeAll
    static void read() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String parent : List.of("..", "../../features", "../../cloud-connector")) {
            try (Stream<Path> modules = Files.list(Path.of(parent))) {
                modules.map(module -> module.resolve("target/classes"))
                        .filter(classes -> !classes.toString().contains("kura-api"))
                        .filter(Files::isDirectory)
                        .forEach(folders::add);
            }
        }
        ours = new ClassFileImporter().importPaths(folders);
        assertThat(ours.size()).isGreaterThan(100);
        FEATURES.forEach(feature -> assertThat(
                        ours.stream().anyMatch(c -> c.getPackageName().startsWith(ROOT + feature)))
                .as(feature)
                .isTrue());
    }

    @Test
    void theWireContractKnowsNeitherTheApiNorTheFrameworkNorKura() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "message..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + "api..",
                        ROOT + "store..",
                        ROOT + "server..",
                        "org.osgi.framework..",
                        "org.osgi.service..",
                        "org.eclipse.kura.."))
                .check(ours);
    }

    @Test
    void theApiKnowsTheWireContractAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "api..")
                .should()
                .dependOnClassesThat(resideInAPackage("solutions.itms.scs..")
                        .and(not(resideInAnyPackage(ROOT + "api..", ROOT + "message.."))))
                .orShould()
                .dependOnClassesThat(
                        resideInAnyPackage("org.osgi.framework..", "org.osgi.service..", "org.eclipse.kura.."))
                .check(ours);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        for (String feature : FEATURES) {
            String[] others = FEATURES.stream()
                    .filter(other -> !other.equals(feature))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + feature + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .check(ours);
        }
    }

    @Test
    void theServerKnowsTheWireContractAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "server..")
                .should()
                .dependOnClassesThat(resideInAPackage("solutions.itms.scs..")
                        .and(not(resideInAnyPackage(ROOT + "server..", ROOT + "message.."))))
                .check(ours);
    }

    @Test
    void frameworkAndKuraAreKnownToComponentsAlone() {
        noClasses()
                .that(not(simpleNameEndingWith("Component"))
                        .and(not(simpleNameEndingWith("Adapter")))
                        .and(not(resideInAnyPackage(ROOT + "standalone..", ROOT + "itest.."))))
                .and()
                .areTopLevelClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.osgi.framework..",
                        "org.osgi.service.component..",
                        "org.osgi.service.cm..",
                        "org.eclipse.kura.."))
                .check(ours);
    }

    @Test
    void whoeverWaitsOrTellsTheTimeIsGivenAClock() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + "standalone..")))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .check(ours);
        noClasses()
                .that(not(simpleNameEndingWith("Component"))
                        .and(not(simpleNameEndingWith("Main")))
                        .and(not(resideInAnyPackage(ROOT + "testkit.."))))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(ours);
    }

    @Test
    @DisplayName("N7: nothing of the station looks a name up but the client of configured time servers")
    void theStationLooksNoNameUp() {
        noClasses()
                .that(resideInAPackage(ROOT + "station..")
                        .and(not(simpleNameEndingWith("NtpReference")))
                        // a literal that was checked
                        .and(not(simpleNameEndingWith("Listening"))))
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getHostName")
                .orShould()
                .callMethod(InetAddress.class, "getCanonicalHostName")
                .orShould()
                .callMethod(InetAddress.class, "getLocalHost")
                .orShould()
                .callConstructor(InetSocketAddress.class, String.class, int.class)
                .orShould()
                .callMethod(InetSocketAddress.class, "getHostName")
                .check(ours);
    }

    @Test
    void nobodyWritesToStandardOutputButTheMainClasses() {
        noClasses()
                .that(not(simpleNameEndingWith("Main")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ours);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void nothingIsNamedAfterNothing() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .check(ours);
    }

    static {
        // fail here, with a clear text, when the other modules have not been built
        if (!Files.isDirectory(Path.of("../solutions.itms.scs.message/target/classes"))) {
            throw new UncheckedIOException(new IOException("build the other modules first: ./scs test"));
        }
    }
}
