package dev.weir.runtime.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import org.slf4j.MDC;

/** Puts the correlation id beside every log line of a request. */
@PreMatching
final class CorrelationFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String KEY = "instance";

  @Override
  public void filter(ContainerRequestContext request) {
    MDC.put(KEY, Correlation.of(request));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MDC.remove(KEY);
  }
}
