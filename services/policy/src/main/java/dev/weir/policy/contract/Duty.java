package dev.weir.policy.contract;

import java.util.List;

/**
 * Something a party must do: the pre-duty of a permission, the remedy of a prohibition, an
 * obligation or its breach duty.
 *
 * @param action one of the 21 actions
 */
public record Duty(String action, List<Constraint> constraints) {
  public Duty {
    constraints = List.copyOf(constraints);
  }
}
