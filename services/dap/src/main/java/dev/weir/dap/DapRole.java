package dev.weir.dap;

/** The four parties, with their code on the wire. */
public enum DapRole {
  COLLECTOR,
  CLIENT,
  LEADER,
  HELPER;

  public int code() {
    return ordinal();
  }
}
