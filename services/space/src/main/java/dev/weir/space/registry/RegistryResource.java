package dev.weir.space.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Public;
import dev.weir.space.change.Complete;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schema registry over HTTP; every call carries a service's broker login. */
@Path("/apis/ccompat/v7")
@Produces({RegistryResource.REGISTRY_JSON, MediaType.APPLICATION_JSON})
@Consumes({RegistryResource.REGISTRY_JSON, MediaType.APPLICATION_JSON})
public final class RegistryResource {
  static final String REGISTRY_JSON = "application/vnd.schemaregistry.v1+json";
  private static final String WHY =
      "services ask with their broker login instead of a token; each call checks it";

  private final SchemaStore store;
  private final RegistryLogin login;

  public RegistryResource(SchemaStore store, RegistryLogin login) {
    this.store = store;
    this.login = login;
  }

  /**
   * @param schemaType AVRO or absent
   * @param references none: every schema is complete
   */
  public record SchemaBody(
      String schema, Optional<String> schemaType, Optional<List<String>> references) {
    String checked() {
      if (!schemaType.orElse("AVRO").equals("AVRO") || !references.orElse(List.of()).isEmpty()) {
        throw new ProblemException(
            ProblemType.VALIDATION_FAILED, "Schemas are of type AVRO and without references.");
      }
      return schema;
    }
  }

  /** Number of a schema. */
  public record SchemaNumber(int id) {}

  /** Text of a schema. */
  public record SchemaText(String schema) {}

  /** One version of a subject. */
  public record SchemaVersion(String subject, int id, int version, String schema) {
    static SchemaVersion of(RegisteredSchema registered) {
      return new SchemaVersion(
          registered.subject(), registered.id(), registered.version(), registered.schema());
    }
  }

  /** Whether a schema could be registered. */
  public record Verdict(@JsonProperty("is_compatible") boolean compatible) {}

  /** The level of every subject. */
  public record Level(String compatibilityLevel) {}

  @POST
  @Path("subjects/{subject}/versions")
  @Public(WHY)
  public SchemaNumber register(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("subject") String subject,
      SchemaBody body) {
    String service = login.service(authorization);
    login.requireWriter(service, subject);
    return new SchemaNumber(store.register(service, subject, Complete.body(body).checked()).id());
  }

  @GET
  @Path("subjects")
  @Public(WHY)
  public List<String> subjects(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    login.service(authorization);
    return store.subjects();
  }

  @GET
  @Path("subjects/{subject}/versions")
  @Public(WHY)
  public List<Integer> versions(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("subject") String subject) {
    login.service(authorization);
    return known(subject).stream().map(RegisteredSchema::version).toList();
  }

  @GET
  @Path("subjects/{subject}/versions/{version}")
  @Public(WHY)
  public SchemaVersion version(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("subject") String subject,
      @PathParam("version") String version) {
    login.service(authorization);
    var versions = known(subject);
    if (version.equals("latest")) {
      return SchemaVersion.of(versions.getLast());
    }
    return versions.stream()
        .filter(candidate -> Integer.toString(candidate.version()).equals(version))
        .findFirst()
        .map(SchemaVersion::of)
        .orElseThrow(RegistryResource::unknown);
  }

  @GET
  @Path("schemas/ids/{id}")
  @Public(WHY)
  public SchemaText schema(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("id") int id) {
    login.service(authorization);
    return new SchemaText(store.text(id).orElseThrow(RegistryResource::unknown));
  }

  @POST
  @Path("compatibility/subjects/{subject}/versions/latest")
  @Public(WHY)
  public Verdict compatible(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("subject") String subject,
      SchemaBody body) {
    login.service(authorization);
    return new Verdict(store.isCompatible(subject, Complete.body(body).checked()));
  }

  @GET
  @Path("config")
  @Public(WHY)
  public Level level(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    login.service(authorization);
    return new Level("BACKWARD_TRANSITIVE");
  }

  private List<RegisteredSchema> known(String subject) {
    var versions = store.versions(subject);
    if (versions.isEmpty()) {
      throw unknown();
    }
    return versions;
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no such schema.");
  }
}
