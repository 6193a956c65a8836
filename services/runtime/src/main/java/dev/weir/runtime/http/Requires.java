package dev.weir.runtime.http;

import dev.weir.kernel.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one operation an endpoint performs. The caller needs a valid token and a role that the policy
 * bundle allows to perform it; an endpoint with neither this nor {@link Public} keeps the service
 * from starting.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
  Operation value();
}
