package dev.weir.runtime.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NoContentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.glassfish.jersey.server.ParamException;

/** From whatever was thrown to the one problem it means; no message of a framework survives. */
final class Translation {
  private static final int MAX_CAUSES = 12;

  private Translation() {}

  static Problem of(Throwable thrown) {
    return cause(thrown, ProblemException.class, Problem::of)
        .or(() -> http(thrown))
        .or(() -> cause(thrown, EofException.class, e -> Problem.ofStatus(400)))
        .or(() -> cause(thrown, ConstraintViolationException.class, Translation::violations))
        .or(() -> cause(thrown, NoContentException.class, e -> emptyBody()))
        .or(() -> cause(thrown, ParamException.class, Translation::parameter))
        .or(() -> cause(thrown, WebApplicationException.class, Translation::jaxRs))
        .orElseGet(() -> Problem.ofStatus(500));
  }

  /** A body that Jackson could not read; a record's own {@link ProblemException} goes first. */
  static Problem ofBody(JsonProcessingException thrown) {
    return cause(thrown, ProblemException.class, Problem::of)
        .or(() -> http(thrown))
        .or(() -> cause(thrown, InvalidDefinitionException.class, e -> Problem.ofStatus(500)))
        .orElseGet(() -> body(thrown));
  }

  static Problem emptyBody() {
    return Problem.of(ProblemType.MALFORMED_BODY, "The body must hold a JSON value, not null.");
  }

  private static Optional<Problem> http(Throwable thrown) {
    return cause(thrown, HttpException.class, e -> Problem.ofStatus(e.getCode()));
  }

  private static Problem violations(ConstraintViolationException e) {
    List<String> found =
        e.getConstraintViolations().stream().map(Translation::describe).sorted().toList();
    return new Problem(
        ProblemType.VALIDATION_FAILED,
        "Correct what violations lists and send the request again.",
        Map.of("violations", found),
        Map.of());
  }

  private static String describe(ConstraintViolation<?> violation) {
    return violation.getPropertyPath() + " " + violation.getMessage();
  }

  private static Problem body(JsonProcessingException e) {
    String detail =
        switch (e) {
          case UnrecognizedPropertyException unknown -> "A field of the body is not known.";
          case StreamConstraintsException limit ->
              "The body exceeds a limit: nesting 50, numbers of 64 and names of 256 characters.";
          default -> "The body is not the JSON that /openapi.yaml describes.";
        };
    var where = new HashMap<String, Object>();
    JsonLocation at = e.getLocation();
    if (at != null) {
      where.put("line", Math.max(0, at.getLineNr()));
      where.put("column", Math.max(0, at.getColumnNr()));
    }
    field(e).ifPresent(field -> where.put("field", field));
    return new Problem(ProblemType.MALFORMED_BODY, detail, where, Map.of());
  }

  /** The path of the field that is not as documented; only names that we gave ourselves. */
  private static Optional<String> field(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return Optional.empty();
    }
    var path = new ArrayList<String>();
    for (var step : mapping.getPath()) {
      boolean unknown = e instanceof UnrecognizedPropertyException;
      if (step.getFieldName() != null
          && (step.getFrom() instanceof Map<?, ?>
              || (unknown && path.size() == mapping.getPath().size() - 1))) {
        break;
      }
      path.add(step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName());
    }
    return path.isEmpty() ? Optional.empty() : Optional.of(String.join(".", path));
  }

  private static Problem parameter(ParamException e) {
    return e instanceof ParamException.PathParamException
        ? Problem.ofStatus(404)
        : Problem.of(ProblemType.INVALID_REQUEST, "A parameter does not have its documented form.");
  }

  private static Problem jaxRs(WebApplicationException e) {
    var problem = Problem.ofStatus(Math.max(400, e.getResponse().getStatus()));
    String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null
        ? problem
        : problem.withHeader(HttpHeaders.ALLOW, AllowedMethods.of(allow));
  }

  private static <E, T> Optional<T> cause(
      Throwable thrown, Class<E> wanted, Function<E, T> translate) {
    Throwable e = thrown;
    for (int depth = 0; e != null && depth < MAX_CAUSES; depth++) {
      if (wanted.isInstance(e)) {
        return Optional.of(translate.apply(wanted.cast(e)));
      }
      e = e.getCause();
    }
    return Optional.empty();
  }
}
