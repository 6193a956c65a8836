package dev.weir.query.he;

import dev.weir.policy.usage.Permit;
import dev.weir.runtime.ledger.CallLimit;
import java.util.List;

/** Whether a question may be asked, as ticket and evidence carry it. */
sealed interface Ruling {

  /** The rule that allowed or refused it. */
  String rule();

  /** As evidence names it: {@code allow}, {@code deny} or {@code default-deny}. */
  String result();

  /** What the ledger has to count again when the reply is released. */
  List<CallLimit> limits();

  record Allowed(Permit permit) implements Ruling {
    @Override
    public String rule() {
      return permit.ruleId();
    }

    @Override
    public String result() {
      return "allow";
    }

    @Override
    public List<CallLimit> limits() {
      return CallLimit.of(permit);
    }
  }

  record Denied(String rule, String result) implements Ruling {
    @Override
    public List<CallLimit> limits() {
      return List.of();
    }
  }
}
