package dev.weir.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Products of tiles with the selectors of some clients: per client and row, the sum over all terms.
 * Threads may accumulate disjoint ranges of units at the same time.
 */
public final class Products implements AutoCloseable {
  private final HeContext context;
  private final Tiles tiles;
  private final List<Selectors> clients;
  private final NativeHandle handle;

  Products(HeContext context, Tiles tiles, List<Selectors> clients, NativeHandle handle) {
    this.context = context;
    this.tiles = tiles;
    this.clients = List.copyOf(clients);
    this.handle = handle;
  }

  /** Units {@code [from, to)} with the fastest kernel. */
  public void accumulate(int from, int to) {
    accumulate(from, to, HeLibrary.loaded().kernel());
  }

  /** The same with a kernel of the caller's choice; all give the same limbs. */
  public void accumulate(int from, int to, MacKernel kernel) {
    handle.run(products ->
        tiles.handle().run(number -> hold(0, numbers(), products, number, from, to, kernel)));
  }

  /**
   * {@code [client][output]}. Once only.
   *
   * @throws HeException {@link HeFailure#OUT_OF_RANGE} while units are missing
   */
  public Ciphertexts finish() {
    return new Ciphertexts(
        context,
        clients.size() * tiles.outputs(),
        0,
        handle.call(products -> context.own(context.calls().finish(products))));
  }

  @Override
  public void close() {
    handle.close();
  }

  private ByteBuffer numbers() {
    return ByteBuffer.allocateDirect(clients.size() * Long.BYTES).order(ByteOrder.nativeOrder());
  }

  /** Keeps every client's selectors open for the length of the call. */
  private void hold(
      int next,
      ByteBuffer numbers,
      long products,
      long tilesNumber,
      int from,
      int to,
      MacKernel kernel) {
    if (next == clients.size()) {
      context.calls().accumulate(products, tilesNumber, numbers.flip(), from, to, kernel.ordinal());
    } else {
      clients
          .get(next)
          .handle()
          .run(number -> {
            numbers.putLong(number);
            hold(next + 1, numbers, products, tilesNumber, from, to, kernel);
          });
    }
  }
}
