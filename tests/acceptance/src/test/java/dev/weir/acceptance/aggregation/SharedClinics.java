package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.stack.SharedServices;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one pair of aggregators of a test run to whoever asks; it ends before the stack. */
public final class SharedClinics implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Clinics.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var services = SharedServices.of(context);
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Clinics.class, key -> new Clinics(services), Clinics.class);
  }
}
