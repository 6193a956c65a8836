#include "../test/sets.h"
#include "clock.h"
#include "peers.h"
#include "tiles.h"
#include <future>
#include <map>
#include <stdexcept>
#include <thread>

namespace weir::bench {
namespace {

// A thread that waits. In a process of one thread the C library locks without atomic instructions,
// which SEAL does a quarter of a million times in one of the calls below; no service is such a process.
class Idle {
  public:
    Idle() : thread_([end = end_.get_future()] { end.wait(); }) {}
    ~Idle() {
        end_.set_value();
        thread_.join();
    }

  private:
    std::promise<void> end_;
    std::thread thread_;
};

} // namespace

// Shapes are those of the Java benchmark. Each call is made twice and the second one counts: what
// another process left in the caches is nobody's time.
void take_turns(std::istream &names, const std::function<void(double)> &answer) {
    constexpr size_t outputs = 4, terms = 64, leaves = 16;
    Idle second;
    auto context = sets::context(sets::cells_4096);
    size_t degree = context->degree();
    std::shared_ptr<SecretKeyObject> secret;
    {
        sets::Seeded call;
        secret = make_secret_key(context);
    }
    std::vector<uint64_t> plain(terms * degree, 1);
    std::vector<uint64_t> sent(terms * (context->data_primes() * degree + seed_words));
    auto encrypt = [&] {
        sets::Seeded call;
        encrypt_symmetric(*secret, sets::view(plain), sets::view(sent));
    };
    encrypt();
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
    // Written, every term: memory that nobody wrote is one page of zeros and always at hand.
    std::vector<int64_t> cells(outputs * terms * degree, 1);
    Tiles tiles(context, outputs, terms);
    tiles.put(0, sets::view(cells));
    auto selectors = std::make_shared<Selectors>(*queries, 0, terms);
    Products products(tiles, 1);
    const std::map<std::string, std::function<void()>> calls{
        {"encrypt", encrypt},
        {"expand", [&] { expand_selectors(*queries, 0, *galois, leaves); }},
        {"accumulate", [&] { products.accumulate(tiles, {selectors}, 0, tiles.units(), mac::best()); }},
    };
    for (std::string name; std::getline(names, name);) {
        auto call = calls.find(name);
        if (call == calls.end()) {
            throw std::runtime_error("no such call");
        }
        call->second();
        double start = thread_seconds();
        call->second();
        answer(thread_seconds() - start);
    }
}

} // namespace weir::bench
