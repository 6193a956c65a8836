package dev.weir.acceptance.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.aggregation.AggregationConfiguration;
import dev.weir.audit.AuditConfiguration;
import dev.weir.intake.IntakeConfiguration;
import dev.weir.kernel.CreditCode;
import dev.weir.query.QueryConfiguration;
import dev.weir.query.sum.custody.CustodianConfiguration;
import dev.weir.runtime.config.StrictConfiguration;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.space.SpaceConfiguration;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.jersey.validation.Validators;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every service may be told: the defaults as a list, and a file that changes each of them. */
class ConfigurationKeysTest {
  private static final List<Class<? extends WeirConfiguration>> SERVICES =
      List.of(
          SpaceConfiguration.class,
          IntakeConfiguration.class,
          QueryConfiguration.class,
          AuditConfiguration.class,
          CustodianConfiguration.class,
          AggregationConfiguration.class);

  /** Just enough for a service to start. */
  private static final String LEAST =
      """
      serviceName: some
      auth: {issuer: "http://127.0.0.1/i", jwksUri: "http://127.0.0.1/k"}
      database: {jdbcUrl: j, applicationUser: a, applicationPasswordFile: /a, migrationUser: m,
        migrationPasswordFile: /m, relayUser: r, relayPasswordFile: /r}
      kafka: {bootstrapServers: "127.0.0.1:1", username: u, passwordFile: /p, registryUrl: "http://127.0.0.1/r"}
      """;

  /** Every key that all services share, none at its default. */
  private static final String ALL =
      """
      serviceName: other
      http: {host: 0.0.0.0, port: 18080, adminPort: 18081, maxBody: 2MiB, maxUpload: 3GiB, maxThreads: 65,
        maxQueued: 257, gracePeriod: PT21S, party: {requestsPerSecond: 7, burst: 8, concurrent: 9}}
      auth: {issuer: "http://127.0.0.1/other", jwksUri: "http://127.0.0.1/otherKeys", audience: other-api,
        keyCache: PT1M, keyOutage: PT2M, clockSkew: PT3S}
      database: {jdbcUrl: j2, applicationUser: a2, applicationPasswordFile: /a2, migrationUser: m2,
        migrationPasswordFile: /m2, relayUser: r2, relayPasswordFile: /r2, maxConnections: 17}
      kafka: {bootstrapServers: "kafka:9092", username: u2, passwordFile: /p2, registryUrl: "http://127.0.0.1/r2",
        trustedCertificates: /trusted.pem}
      bundle: /bundle
      bundleKey: /bundle.pem
      """;

  private static final Map<Class<?>, String> LEAST_OWN =
      Map.of(
          SpaceConfiguration.class, "",
          IntakeConfiguration.class, "domainDirectory: /d\n",
          QueryConfiguration.class, "directory: /d\n",
          AuditConfiguration.class, "log: {directory: /d, keys: /k, origin: o}\n",
          CustodianConfiguration.class, "heKey: /h\ntasks: /t\n",
          AggregationConfiguration.class,
              "role: LEADER\naddress: \"https://leader.example/dap/\"\nkeys: /k\nstate: /s\n");

  private static final Map<Class<?>, String> ALL_OWN =
      Map.of(
          SpaceConfiguration.class, "signingWindowDays: 31\n",
          IntakeConfiguration.class,
              """
              domainDirectory: /d2
              parallelRuns: 2
              parallelProfiles: 3
              readerHeapMb: 193
              readerEngineMb: 385
              readerAddressSpaceMb: 3073
              readerTime: PT21M
              """,
          QueryConfiguration.class,
              """
              directory: /d2
              engine: POSTGRESQL
              engineMemoryMegabytes: 1025
              engineThreads: 3
              timeLimit: PT61S
              answerSlot: PT0.251S
              roles: [HE_WORKER]
              evaluators: 2
              cellMemoryMegabytes: 513
              tileShare: 65MiB
              evaluationDeadline: PT11S
              replayPeriod: PT25H
              partyQuestions: 17MiB
              maxRows: 200001
              workers: 3
              waiting: 65
              region: "330100"
              """,
          AuditConfiguration.class,
              """
              log: {directory: /d2, keys: /k2, origin: o2, publicKeys: /pk, witness: "http://127.0.0.1/w", witnessKey: /w,
                witnessRefresh: PT2M, checkpointAlarm: PT6S, checkpointStop: PT61S, witnessAlarm: PT11M, witnessStop: PT5H}
              """,
          CustodianConfiguration.class, "heKey: /h2\ntasks: /t2\n",
          AggregationConfiguration.class,
              """
              role: HELPER
              address: "https://helper.example/dap/"
              leaderParty: "91990000900000022K"
              keys: /k2
              state: /s2
              lanes: 5
              threads: 3
              commitEvery: PT0.2S
              replicas: 3
              uploadsPerSecond: 1001
              uploadBurst: 60001
              """);

  @TempDir Path directory;

  @Test
  void defaults_areTheseAndNoOthers() throws Exception {
    var defaults = new TreeMap<String, String>();
    for (var service : SERVICES) {
      var keys = keys(service, read(service, LEAST + LEAST_OWN.get(service)));
      keys.keySet().removeIf(key -> (LEAST + LEAST_OWN.get(service)).contains(last(key) + ":"));
      keys.values().removeIf(value -> value.equals("absent"));
      defaults.putAll(keys);
    }
    assertThat(defaults)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("http.host", "127.0.0.1"),
                Map.entry("http.port", "0"),
                Map.entry("http.adminPort", "0"),
                Map.entry("http.maxBody", "1 mebibyte"),
                Map.entry("http.maxUpload", "2 gibibytes"),
                Map.entry("http.maxThreads", "64"),
                Map.entry("http.maxQueued", "256"),
                Map.entry("http.gracePeriod", "PT20S"),
                Map.entry("http.party.requestsPerSecond", "1000"),
                Map.entry("http.party.burst", "2000"),
                Map.entry("http.party.concurrent", "48"),
                Map.entry("auth.audience", "weir-api"),
                Map.entry("auth.keyCache", "PT5M"),
                Map.entry("auth.keyOutage", "PT5M"),
                Map.entry("auth.clockSkew", "PT30S"),
                Map.entry("database.maxConnections", "16"),
                Map.entry("signingWindowDays", "30"),
                Map.entry("parallelRuns", "1"),
                Map.entry("parallelProfiles", "1"),
                Map.entry("readerHeapMb", "192"),
                Map.entry("readerEngineMb", "384"),
                Map.entry("readerAddressSpaceMb", "3072"),
                Map.entry("readerTime", "PT20M"),
                Map.entry("engine", "DUCKDB"),
                Map.entry("engineMemoryMegabytes", "1024"),
                Map.entry("engineThreads", "2"),
                Map.entry("timeLimit", "PT1M"),
                Map.entry("answerSlot", "PT0.25S"),
                Map.entry("roles", "[API, ROLLUP]"),
                Map.entry("evaluators", "1"),
                Map.entry("cellMemoryMegabytes", "512"),
                Map.entry("tileShare", "128 mebibytes"),
                Map.entry("replayPeriod", "PT4416H"),
                Map.entry("partyQuestions", "8 gibibytes"),
                Map.entry("evaluationDeadline", "PT10S"),
                Map.entry("maxRows", "200000"),
                Map.entry("workers", "2"),
                Map.entry("waiting", "64"),
                Map.entry("region", ""),
                Map.entry("log.witnessRefresh", "PT1M"),
                Map.entry("log.checkpointAlarm", "PT5S"),
                Map.entry("log.checkpointStop", "PT1M"),
                Map.entry("log.witnessAlarm", "PT10M"),
                Map.entry("log.witnessStop", "PT4H"),
                Map.entry("lanes", "4"),
                Map.entry("threads", "2"),
                Map.entry("commitEvery", "PT0.25S"),
                Map.entry("replicas", "1"),
                Map.entry("uploadsPerSecond", "1000"),
                Map.entry("uploadBurst", "60000")));
  }

  @TestFactory
  Stream<DynamicTest> everyKey_isReadFromTheFile() {
    return SERVICES.stream()
        .map(service ->
            DynamicTest.dynamicTest(
                service.getSimpleName(),
                () -> {
                  var least = keys(service, read(service, LEAST + LEAST_OWN.get(service)));
                  var all = keys(service, read(service, ALL + ALL_OWN.get(service)));
                  assertThat(all.keySet()).isEqualTo(least.keySet());
                  assertThat(all)
                      .allSatisfy(
                          (key, value) -> assertThat(value).as(key).isNotEqualTo(least.get(key)));
                }));
  }

  private <C extends WeirConfiguration> C read(Class<C> type, String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve(type.getSimpleName() + ".yaml"), yaml);
    ObjectMapper unused = new YAMLMapper();
    return new StrictConfiguration<C>()
        .create(type, Validators.newValidator(), unused, "dw")
        .build(new FileConfigurationSourceProvider(), file.toString());
  }

  /** Value by dotted key, as text; {@code absent} where there is none. */
  private static TreeMap<String, String> keys(Class<?> type, Object configuration)
      throws ReflectiveOperationException {
    var keys = new TreeMap<String, String>();
    for (Class<?> at = type;
        WeirConfiguration.class.isAssignableFrom(at);
        at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.isAnnotationPresent(JsonProperty.class)) {
          field.setAccessible(true);
          put(keys, field.getName(), field.get(configuration));
        }
      }
    }
    return keys;
  }

  private static void put(Map<String, String> keys, String key, Object value)
      throws ReflectiveOperationException {
    Object found = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (found instanceof Record record && !(found instanceof CreditCode)) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        put(keys, key + "." + component.getName(), component.getAccessor().invoke(record));
      }
    } else {
      keys.put(key, found == null ? "absent" : found.toString());
    }
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
