package dev.weir.compliance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test as the proof of a control of {@code compliance/controls}. A build check refuses an
 * id that no control file carries, and a control whose tests do not exist.
 *
 * <p>It lives here rather than in the testkit because the engine's own tests, on which the testkit
 * depends, carry it too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Control {
  /** Ids of the controls the test proves, such as {@code USE-01}. */
  String[] value();
}
