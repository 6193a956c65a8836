package dev.weir.aggregation.rehearsal;

import dev.weir.kernel.LeafId;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Spend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A bug for campaigns to find: a ledger that takes a batch it has answered for a new one. */
final class ForgetfulLedger {
  private ForgetfulLedger() {}

  static Ledger over(Ledger ledger) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(ledger, arguments);
                return answer instanceof Spend.Replayed
                    ? new Spend.Spent(0, LeafId.random(), LeafId.random())
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
