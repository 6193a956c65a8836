package dev.weir.runtime.http;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.auth.BearerTokens;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Map;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Denies unless said otherwise: an endpoint is public by {@link Public}, or needs a token whose
 * roles the bundle lets perform the operation of {@link Requires}, and a party that does not ask
 * more than its share. Runs before anything of the body is read. Thread-safe.
 */
@Priority(Priorities.AUTHENTICATION)
final class BorderFilter implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final BearerTokens tokens;
  private final ServicePolicy policy;
  private final PartyTurn turn;
  private final Map<Class<?>, OwnLogin> logins;

  /**
   * @param logins by the class of the resource that asks for them
   */
  BorderFilter(
      BearerTokens tokens, ServicePolicy policy, PartyTurn turn, Map<Class<?>, OwnLogin> logins) {
    this.tokens = tokens;
    this.policy = policy;
    this.turn = turn;
    this.logins = logins;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var uri = (ExtendedUriInfo) request.getUriInfo();
    Method method = uri.getMatchedResourceMethod().getInvocable().getHandlingMethod();
    Correlation.route(request, Endpoint.template(uri.getMatchedModelResource()));
    if (method.isAnnotationPresent(Public.class)) {
      var login = logins.get(method.getDeclaringClass());
      if (login != null) {
        login.check(request.getHeaderString(HttpHeaders.AUTHORIZATION));
      }
      return;
    }
    Caller caller = tokens.verify(token(request));
    turn.enter(request, caller.party());
    var requires = method.getAnnotation(Requires.class);
    if (requires == null || !policy.allowed(requires.value(), caller.roles())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "None of the token's roles may perform this operation.");
    }
    request.setSecurityContext(new CallerContext(caller, request.getSecurityContext().isSecure()));
  }

  private static String token(ContainerRequestContext request) {
    var headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (headers != null && headers.size() == 1) {
      String header = headers.getFirst();
      if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return header.substring(SCHEME.length()).strip();
      }
    }
    throw new ProblemException(ProblemType.UNAUTHENTICATED, Problem.unauthenticated().detail());
  }
}
