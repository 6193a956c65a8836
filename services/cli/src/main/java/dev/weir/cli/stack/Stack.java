package dev.weir.cli.stack;

import dev.weir.runtime.embedded.ChildProcessKafka;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.EmbeddedKeycloak;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.KeycloakRealm;
import dev.weir.runtime.embedded.KeycloakSettings;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Progress;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.embedded.StateSeed;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * A running stack inside this JVM. Confined to the thread that starts it; {@link #close} may come
 * from another and stops everything in reverse order, keeping the data.
 */
final class Stack implements AutoCloseable {
  private final StackState state;
  private final StackOptions options;
  private final Progress progress;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Part> parts = new ArrayDeque<>();
  private boolean closed;

  /** Something to stop, and its name for the log. */
  private record Part(String name, AutoCloseable running) {}

  Stack(StackState state, StackOptions options, Progress progress) {
    this.state = state;
    this.options = options;
    this.progress = progress;
  }

  /** Mends what was left, then starts everything; returns once all of it answers. */
  void start() {
    boolean killed = StackMending.mend(state);
    boolean fresh = !Files.exists(state.seeded());
    if (fresh) {
      StackMending.wipe(state);
    }
    var seed = StateSeed.preparedIn(state.cache(), random, progress);
    var ports = StackPorts.chooseFor(state.directory());
    var secrets = new SecretStore(state.secrets(), random);
    if (fresh) {
      seed.plantIn(state.directory(), secrets);
    }
    var postgres = startPostgres(ports, secrets, fresh);
    var keycloak = launchKeycloak(ports, secrets, postgres);
    StackDatabase.prepare(postgres, secrets);
    var places = Places.ofStack(state, ports, keycloak.settings());
    var kafka = kafkaSettings(ports, secrets);
    startKafka(killed ? kafka.with(KafkaSettings.Timeouts.AFTER_KILL) : kafka);
    configure(places);
    startServices(places);
    awaitKeycloak(keycloak, fresh);
    new ClientProfiles(state, ports, keycloak.settings()).write();
    places.gatherKeys(state.keys());
    OwnerOnly.write(state.seeded(), "");
  }

  private EmbeddedPostgres startPostgres(StackPorts ports, SecretStore secrets, boolean fresh) {
    progress.step("postgres");
    var postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(
                state.directory(), state.cache(), ports.port(StackPorts.POSTGRES), secrets));
    running("postgres", postgres);
    if (fresh) {
      StateSeed.rotate(postgres, secrets);
    }
    return postgres;
  }

  private EmbeddedKeycloak launchKeycloak(
      StackPorts ports, SecretStore secrets, EmbeddedPostgres postgres) {
    progress.step("keycloak");
    var keycloak =
        EmbeddedKeycloak.launch(
            KeycloakSettings.in(
                state.directory(),
                state.cache(),
                ports.port(StackPorts.KEYCLOAK),
                ports.port(StackPorts.KEYCLOAK_MANAGEMENT),
                secrets),
            postgres,
            progress);
    running("keycloak", keycloak);
    return keycloak;
  }

  private KafkaSettings kafkaSettings(StackPorts ports, SecretStore secrets) {
    return KafkaSettings.in(
        state.directory(),
        ports.port(StackPorts.KAFKA),
        ports.port(StackPorts.KAFKA_CONTROLLER),
        secrets,
        TopicCatalogue.load().principals());
  }

  private void configure(Places places) {
    new ServiceConfigurations(places)
        .render()
        .forEach((part, yaml) -> {
          OwnerOnly.directory(state.configuration(part).resolveSibling(".").normalize());
          OwnerOnly.write(state.configuration(part), yaml);
          OwnerOnly.directory(state.data(part));
        });
    OwnerOnly.write(
        Custodian.configuration(state), new ServiceConfigurations(places).custodian(state));
  }

  private void startKafka(KafkaSettings settings) {
    progress.step("kafka");
    var kafka =
        options.kafkaProcess()
            ? EmbeddedKafka.startChildProcess(settings)
            : EmbeddedKafka.startInProcess(settings);
    running("kafka", kafka);
    StackTopics.apply(kafka);
  }

  private void startServices(Places places) {
    start(Service.SPACE);
    // The others ask only space, so they start side by side.
    try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
      var audit =
          starts.submit(() -> {
            start(Service.AUDIT);
            progress.step(Witness.NAME);
            running(Witness.NAME, Witness.start(state, places.logKey()));
          });
      var intake = starts.submit(() -> start(Service.INTAKE));
      var query = starts.submit(() -> start(Service.QUERY));
      var leader = starts.submit(() -> start(Service.LEADER));
      var helper = starts.submit(() -> start(Service.HELPER));
      for (var one : List.of(audit, intake, query, leader, helper)) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a service did not start", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }

  private void start(Service service) {
    progress.step(service.id());
    running(
        service.id(),
        options.separate()
            ? SeparateService.start(state, service)
            : service.start(state.configuration(service.id())));
  }

  /**
   * The process of a part, while the part has one of its own.
   *
   * @throws IllegalArgumentException when no such part runs
   */
  ProcessHandle process(String name) {
    return process(part(name))
        .orElseThrow(() -> new IllegalArgumentException(name + " has no process of its own"));
  }

  private static Optional<ProcessHandle> process(Part part) {
    return switch (part.running()) {
      case EmbeddedPostgres postgres -> Optional.of(postgres.process());
      case EmbeddedKeycloak keycloak -> Optional.of(keycloak.process());
      case ChildProcessKafka kafka -> Optional.of(kafka.process());
      case SeparateService service -> Optional.of(service.process());
      case Witness witness -> Optional.of(witness.process());
      default -> Optional.empty();
    };
  }

  /** Parts whose process has ended though nobody stopped it, in the order of their start. */
  List<String> ended() {
    synchronized (parts) {
      var names = new ArrayList<String>();
      parts
          .descendingIterator()
          .forEachRemaining(part -> {
            if (process(part).filter(process -> !ProcessMark.runs(process)).isPresent()) {
              names.add(part.name());
            }
          });
      return names;
    }
  }

  /** Starts a part whose process has ended; it mends what the process left. */
  void restart(String name) {
    var ports = StackPorts.read(state.directory());
    var secrets = new SecretStore(state.secrets(), random);
    var again =
        switch (part(name).running()) {
          case EmbeddedPostgres postgres ->
              EmbeddedPostgres.start(
                  PostgresSettings.in(
                      state.directory(), state.cache(), ports.port(StackPorts.POSTGRES), secrets));
          case EmbeddedKeycloak keycloak -> again(keycloak);
          case ChildProcessKafka kafka ->
              EmbeddedKafka.startChildProcess(kafkaSettings(ports, secrets));
          case SeparateService service ->
              SeparateService.start(state, Service.valueOf(name.toUpperCase(Locale.ROOT)));
          case Witness witness -> witness.again(state);
          default -> throw new IllegalArgumentException(name + " has no process of its own");
        };
    synchronized (parts) {
      if (!closed) {
        var all = new ArrayDeque<Part>();
        parts.forEach(one -> all.add(one.name().equals(name) ? new Part(name, again) : one));
        parts.clear();
        parts.addAll(all);
        return;
      }
    }
    stop(new Part(name, again)); // the stack was stopped meanwhile
  }

  /**
   * Returns once the identity server serves tokens.
   *
   * @throws dev.weir.runtime.embedded.EmbeddedException when it does not; it is stopped then
   */
  void awaitLogins() {
    if (part("keycloak").running() instanceof EmbeddedKeycloak keycloak) {
      keycloak.awaitReady();
    }
  }

  /** Realm and passwords are in the database: only the process is new. */
  private EmbeddedKeycloak again(EmbeddedKeycloak ended) {
    if (!(part("postgres").running() instanceof EmbeddedPostgres postgres)) {
      throw new IllegalStateException("Keycloak needs the database");
    }
    var keycloak = EmbeddedKeycloak.launch(ended.settings(), postgres, progress);
    keycloak.awaitReady();
    return keycloak;
  }

  private Part part(String name) {
    synchronized (parts) {
      return parts.stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("there is no part " + name));
    }
  }

  private void awaitKeycloak(EmbeddedKeycloak keycloak, boolean fresh) {
    progress.step("keycloak answers");
    keycloak.awaitReady();
    progress.ready("keycloak");
    if (fresh) {
      StateSeed.rotateAdministrator(keycloak);
    }
    KeycloakRealm.read(
            state.root().resolve("deploy").resolve("keycloak").resolve("weir-realm.json"))
        .applyTo(keycloak);
  }

  private void running(String name, AutoCloseable part) {
    synchronized (parts) {
      if (!closed) {
        parts.push(new Part(name, part));
        if (!(part instanceof EmbeddedKeycloak)) { // launched only: it answers later
          progress.ready(name);
        }
        return;
      }
    }
    stop(new Part(name, part)); // told to stop while it was starting
  }

  @Override
  public void close() {
    synchronized (parts) {
      closed = true;
      parts.forEach(Stack::stop);
      parts.clear();
    }
  }

  private static void stop(Part part) {
    try {
      part.running().close();
    } catch (Exception e) {
      // The rest must still be stopped; the next start mends what this one left.
      System.err.println(part.name() + " did not stop cleanly: " + e.getMessage());
    }
  }
}
