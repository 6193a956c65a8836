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
  private final ByteBuffer numbers; // of the clients' selectors

  private Products(
      HeContext context,
      Tiles tiles,
      List<Selectors> clients,
      ByteBuffer numbers,
      NativeHandle handle) {
    this.context = context;
    this.tiles = tiles;
    this.clients = clients;
    this.numbers = numbers;
    this.handle = handle;
  }

  static Products start(HeContext context, Tiles tiles, List<Selectors> clients) {
    var numbers =
        ByteBuffer.allocateDirect(clients.size() * Long.BYTES).order(ByteOrder.nativeOrder());
    clients.forEach(client -> client.handle().run(numbers::putLong));
    return new Products(
        context,
        tiles,
        List.copyOf(clients),
        numbers.flip(),
        tiles
            .handle()
            .call(number -> context.own(context.calls().products(number, clients.size()))));
  }

  /** Units {@code [from, to)} with the fastest kernel. */
  public void accumulate(int from, int to) {
    accumulate(from, to, HeLibrary.loaded().kernel());
  }

  /** The same with a kernel of the caller's choice; all give the same limbs. */
  public void accumulate(int from, int to, MacKernel kernel) {
    handle.run(
        products -> tiles.handle().run(number -> hold(0, products, number, from, to, kernel)));
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

  /** Keeps every client's selectors open for the length of the call. */
  private void hold(int next, long products, long tilesNumber, int from, int to, MacKernel kernel) {
    if (next == clients.size()) {
      context.calls().accumulate(products, tilesNumber, numbers, from, to, kernel.ordinal());
    } else {
      clients.get(next).handle().run(_ -> hold(next + 1, products, tilesNumber, from, to, kernel));
    }
  }
}
