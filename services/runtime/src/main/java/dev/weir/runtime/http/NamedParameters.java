package dev.weir.runtime.http;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Refuses query parameters that the endpoint does not declare, as unknown JSON fields are: a filter
 * whose name was mistyped would else answer with everything. A parameter given twice is refused
 * too: which of the two would hold is nobody's guess. Runs after {@link BorderFilter}, so that
 * nobody learns an endpoint's parameters without a token. Thread-safe.
 */
@Priority(Priorities.USER)
final class NamedParameters implements ContainerRequestFilter {
  private final Map<Method, Set<String>> named = new ConcurrentHashMap<>();

  @Override
  public void filter(ContainerRequestContext request) {
    var uri = (ExtendedUriInfo) request.getUriInfo();
    Set<String> asked = uri.getQueryParameters().keySet();
    if (asked.isEmpty()) {
      return;
    }
    Method method = uri.getMatchedResourceMethod().getInvocable().getHandlingMethod();
    Set<String> known = named.computeIfAbsent(method, NamedParameters::of);
    if (!known.containsAll(asked)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          known.isEmpty()
              ? "This endpoint takes no query parameters."
              : "This endpoint takes no other query parameters than "
                  + String.join(", ", known)
                  + ".");
    }
    uri.getQueryParameters()
        .forEach((name, values) -> {
          if (values.size() > 1) {
            throw new ProblemException(
                ProblemType.INVALID_REQUEST,
                "The query parameter " + name + " was given more than once.");
          }
        });
  }

  private static Set<String> of(Method method) {
    var names = new TreeSet<String>();
    collect(method.getParameters(), names);
    return names;
  }

  private static void collect(Parameter[] parameters, Set<String> names) {
    for (Parameter parameter : parameters) {
      var query = parameter.getAnnotation(QueryParam.class);
      if (query != null) {
        names.add(query.value());
      } else if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Constructor<?> constructor : parameter.getType().getConstructors()) {
          collect(constructor.getParameters(), names);
        }
      }
    }
  }
}
