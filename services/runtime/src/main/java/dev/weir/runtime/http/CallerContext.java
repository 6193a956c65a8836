package dev.weir.runtime.http;

import jakarta.ws.rs.core.SecurityContext;

/** The verified caller, as JAX-RS hands it on. Role names never decide here: the bundle does. */
record CallerContext(Caller caller, boolean isSecure) implements SecurityContext {

  @Override
  public Caller getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
