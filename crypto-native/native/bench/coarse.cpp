#include "../test/sets.h"
#include "clock.h"
#include "peers.h"
#include "tiles.h"

namespace weir::bench {

// Shapes and repetitions are those of the Java benchmark.
void coarse_calls(bool quick, const Report &report) {
    constexpr size_t outputs = 4, terms = 64, leaves = 16;
    int runs = quick ? 20 : 200;
    auto context = sets::context(sets::cells_4096);
    size_t degree = context->degree();
    std::shared_ptr<SecretKeyObject> secret;
    {
        sets::Seeded call;
        secret = make_secret_key(context);
    }
    std::vector<uint64_t> plain(terms * degree, 1);
    std::vector<uint64_t> sent(terms * (context->data_primes() * degree + seed_words));
    report({"encrypt", 1e3 * median_seconds(runs / 4, [&] {
                           sets::Seeded call;
                           std::vector<uint64_t> fresh(sent.size());
                           encrypt_symmetric(*secret, sets::view(plain), sets::view(fresh));
                           sent.swap(fresh);
                       }),
            "ms"});
    auto queries = read_seeded(context, sets::view(sent));
    std::vector<uint32_t> elements;
    for (size_t width = 1; width < leaves; width *= 2) {
        elements.push_back(static_cast<uint32_t>(degree / width + 1));
    }
    std::vector<uint64_t> keys(elements.size() * context->data_primes() * (context->key_primes() * degree + seed_words));
    {
        sets::Seeded call;
        make_galois_keys(*secret, elements, sets::view(keys));
    }
    auto galois = read_galois_keys(context, elements, sets::view(keys));
    report({"expand", 1e3 * median_seconds(runs / 4, [&] { expand_selectors(*queries, 0, *galois, leaves); }), "ms"});
    Tiles tiles(context, outputs, terms);
    auto selectors = std::make_shared<Selectors>(*queries, 0, terms);
    Products products(tiles, 1);
    report({"accumulate", 1e3 * median_seconds(runs, [&] {
                              products.accumulate(tiles, {selectors}, 0, tiles.units(), mac::best());
                          }),
            "ms"});
}

} // namespace weir::bench
