package dev.weir.runtime.http;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * One method of one path of a service, as Jersey will serve it. Immutable.
 *
 * @param httpMethod GET, POST, PUT or DELETE
 * @param template such as {@code /v1/queries/{id}}, parameters without their patterns
 * @param method the Java method behind it
 */
public record Endpoint(String httpMethod, String template, Method method) {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\s*([\\w.-]+)\\s*(:[^{}]*)?}");

  /**
   * Every endpoint of a service.
   *
   * @throws IllegalStateException when one names neither its operation nor why it is public, or
   *     hides behind a sub-resource locator
   */
  public static List<Endpoint> of(ResourceConfig config) {
    Set<Class<?>> classes = new HashSet<>(config.getClasses());
    config.getInstances().forEach(instance -> classes.add(instance.getClass()));
    Stream<Resource> declared =
        classes.stream().filter(c -> c.isAnnotationPresent(Path.class)).map(Resource::from);
    var endpoints = new ArrayList<Endpoint>();
    Stream.concat(declared, config.getResources().stream())
        .forEach(resource -> collect(resource, endpoints));
    endpoints.forEach(Endpoint::check);
    return List.copyOf(endpoints);
  }

  static String template(Resource resource) {
    var path = new StringBuilder();
    for (var part = resource; part != null; part = part.getParent()) {
      path.insert(0, '/' + (part.getPath() == null ? "" : part.getPath()));
    }
    String plain = PARAMETER.matcher(path.toString().replaceAll("/+", "/")).replaceAll("{$1}");
    return plain.length() > 1 && plain.endsWith("/")
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }

  /** True for a path that Jersey would route here. */
  boolean matches(String path) {
    return Pattern.matches(PARAMETER.matcher(template).replaceAll("[^/]+") + "/?", path);
  }

  private static void collect(Resource resource, List<Endpoint> endpoints) {
    if (resource.getResourceLocator() != null) {
      throw new IllegalStateException("a sub-resource locator hides its endpoints: " + resource);
    }
    for (ResourceMethod method : resource.getResourceMethods()) {
      endpoints.add(
          new Endpoint(
              method.getHttpMethod(),
              template(resource),
              method.getInvocable().getHandlingMethod()));
    }
    resource.getChildResources().forEach(child -> collect(child, endpoints));
  }

  private void check() {
    boolean named = method.isAnnotationPresent(Requires.class);
    if (named == method.isAnnotationPresent(Public.class)) {
      throw new IllegalStateException(
          "%s %s must carry @Requires or @Public, and not both".formatted(httpMethod, template));
    }
  }
}
