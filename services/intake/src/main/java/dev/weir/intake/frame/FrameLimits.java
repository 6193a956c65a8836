package dev.weir.intake.frame;

/** What the service accepts from its own child process, which may have been taken over. */
public final class FrameLimits {
  /** Longest payload of one frame. */
  public static final int MAX_FRAME_BYTES = 16 << 20;

  /** Longest text of one cell, in bytes of UTF-8. */
  public static final int MAX_CELL_BYTES = 1 << 20;

  /** Payload at which the writer closes a frame. */
  static final int FULL_FRAME_BYTES = 64 << 10;

  private FrameLimits() {}
}
