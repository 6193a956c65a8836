package dev.weir.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.testkit.Account;
import dev.weir.testkit.OpenApiContract;
import dev.weir.testkit.TestService;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServices.class)
class AccessSweepTest {
  private static EmbeddedServices services;
  private static final Map<String, Map<String, String>> HIDDEN = new HashMap<>();
  private static final Set<String> SECRETS = new HashSet<>(Set.of(Facts.CANARY));

  /** One of everything, none of it the stranger's. */
  @BeforeAll
  static void fill(EmbeddedServices shared) {
    services = shared;
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    var contract = control.sign(List.of(facts.exact("facts")), 0, 100);
    var view = Asking.under(services, contract).ask("SELECT COUNT(*) FROM facts WHERE g < 15");
    assertThat(view.path("status").asText()).as(view.toString()).isEqualTo("DONE");
    var officer = services.intake().as(Records.OFFICER);
    hide("query", "/v1/queries/", view.path("id"));
    hide("query", "/v1/contracts/", contract.id().toString());
    hide("audit", "/v1/receipts/", view.path("receiptLeaf"));
    hide("intake", "/v1/sources/", first(officer.get("/v1/sources").json()));
    hide("intake", "/v1/runs/", first(officer.get("/v1/runs").json()));
    register(ControlPlane.PROVIDER, "PROVIDER");
    register(AccessSweep.STRANGER, "PROVIDER", "CONSUMER", "OPERATOR", "LABELLER", "REVIEWER");
    var registered = services.space().as(Records.OFFICER).post("/v1/resources", resource());
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    hide("space", "/v1/resources/", registered.json().path("id"));
    hide("space", "/v1/lineages/", registered.json().path("lineageId"));
    SECRETS.add(ControlPlane.BUILDER.value());
  }

  @Test
  void everyEndpoint_isForItsRolesAndPartiesOnly() {
    int probes = 0;
    var findings = new ArrayList<String>();
    for (var service : services.all().entrySet()) {
      var sweep =
          new AccessSweep(
              service.getValue(), HIDDEN.getOrDefault(service.getKey(), Map.of()), SECRETS);
      sweep.run().forEach(found -> findings.add(service.getKey() + ": " + found));
      probes += sweep.probes();
    }
    assertThat(findings).isEmpty();
    assertThat(probes).isGreaterThan(800);
  }

  @Test
  void everyEndpoint_isInTheFileThatTheSweepReads() {
    services.all().values().forEach(OpenApiContract::check);
  }

  @Test
  void serviceWithMissingChecks_isFound() {
    try (var leaky = TestService.start(new Leaky(), "leaky", services.issuer(), Map.of())) {
      var findings = new AccessSweep(leaky, HIDDEN.get("intake"), SECRETS).run();
      assertThat(findings)
          .anySatisfy(found -> assertThat(found).contains("/v1/sources/{id} as PROVIDER tells"))
          .anySatisfy(found -> assertThat(found).contains("/v1/sources as PROVIDER shows"))
          .anySatisfy(found -> assertThat(found).contains("/v1/runs/{id} as CONSUMER answers 404"));
    }
  }

  private static void register(CreditCode party, String... roles) {
    var administrator = Account.of("system-admin", Account.party(15), Role.SYSTEM_ADMIN);
    var answer =
        services
            .space()
            .as(administrator)
            .post(
                "/v1/participants",
                Map.of(
                    "creditCode", party,
                    "name", Map.of("zh", "名", "en", "name"),
                    "roles", List.of(roles)));
    assertThat(answer.status()).as(answer.body()).isIn(201, 409);
  }

  private static String first(JsonNode page) {
    return page.path("items").path(0).path("id").asText();
  }

  private static void hide(String service, String path, JsonNode id) {
    hide(service, path, id.asText());
  }

  private static void hide(String service, String path, String id) {
    assertThat(id).as(path).hasSize(36);
    HIDDEN.computeIfAbsent(service, name -> new HashMap<>()).put(path, id);
    SECRETS.add(id);
  }

  private static Map<String, Object> resource() {
    return Map.of(
        "title",
        Map.of("zh", "密名资源", "en", "resource of the sweep"),
        "description",
        Map.of("zh", "密", "en", "hidden"),
        "topic",
        "transport",
        "openness",
        "CONDITIONAL",
        "schema",
        Map.of(
            "columns",
            List.of(
                Map.of(
                    "name", "i",
                    "type", "INTEGER",
                    "scale", 0,
                    "nullable", false,
                    "role", "ORDINARY",
                    "legalClass", "GENERAL",
                    "level", 1,
                    "description", "a number"))),
        "synthetic",
        true);
  }

  /** Forgets to ask whose a thing is. */
  private static final class Leaky extends WeirApplication<WeirConfiguration> {
    @Override
    protected void run(WeirConfiguration configuration, ServiceEnvironment service) {
      service.resource(new LeakyResource());
    }
  }

  /** Three holes: another's id is told apart, a list shows it, a role is let in by mistake. */
  @Path("/v1")
  @Produces("application/json")
  public static final class LeakyResource {
    @GET
    @Path("/sources/{id}")
    @Requires(Operation.SOURCE_READ)
    public Map<String, String> read(@Auth Caller caller, @PathParam("id") String id) {
      if (!SECRETS.contains(id)) {
        throw new jakarta.ws.rs.NotFoundException();
      }
      return Map.of("name", "records.csv");
    }

    @GET
    @Path("/sources")
    @Requires(Operation.SOURCE_READ)
    public Set<String> list(@Auth Caller caller) {
      return SECRETS;
    }

    @GET
    @Path("/runs/{id}")
    @Requires(Operation.PRODUCT_READ)
    public String run(@Auth Caller caller, @PathParam("id") String id) {
      throw new jakarta.ws.rs.NotFoundException();
    }
  }
}
