package dev.weir.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.kernel.Bilingual.Language;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers every exception with a problem. Registered once per type for which a framework would
 * otherwise offer a closer mapper and answer in HTML or with its own message.
 */
abstract class ProblemMapper<E extends Throwable> implements ExceptionMapper<E> {
  @Inject
  @SuppressWarnings("NullAway.Init") // by Jersey
  private Provider<ContainerRequestContext> request;

  @Override
  public final Response toResponse(E thrown) {
    var problem = Translation.of(thrown);
    String correlation = Correlation.of(request.get());
    Faults.log(problem.type(), correlation, thrown);
    String accepted = request.get().getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    return response(problem, Details.asked(accepted == null ? "" : accepted), correlation);
  }

  private static Response response(Problem problem, Language language, String correlation) {
    var response =
        Response.status(problem.type().status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.json(language, correlation));
    problem.headers().forEach(response::header);
    return response.build();
  }

  static final class Any extends ProblemMapper<Throwable> {}

  static final class OfJaxRs extends ProblemMapper<WebApplicationException> {}

  static final class OfValidation extends ProblemMapper<ValidationException> {}

  static final class OfViolation
      extends ProblemMapper<io.dropwizard.jersey.validation.JerseyViolationException> {}

  static final class OfJson extends ProblemMapper<JsonProcessingException> {}
}
