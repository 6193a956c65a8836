// Native objects known by opaque numbers: a wrong, stale or foreign number is a refusal.
#pragma once

#include "failure.h"
#include <memory>
#include <mutex>
#include <unordered_map>
#include <variant>

namespace weir {

class Context;
struct SecretKeyObject;
struct PublicKeyObject;
struct GaloisKeysObject;
class Ciphertexts;
class Tiles;
class Selectors;
class Products;

// Thread-safe. An object lives on while a call holds it, even when its number is freed meanwhile.
class Handles {
  public:
    template <class T>
    int64_t put(std::shared_ptr<T> object) {
        std::lock_guard<std::mutex> hold(lock_);
        objects_.emplace(++last_, std::move(object));
        return last_;
    }

    template <class T>
    std::shared_ptr<T> get(int64_t handle) const {
        std::lock_guard<std::mutex> hold(lock_);
        auto found = objects_.find(handle);
        require(found != objects_.end(), Code::bad_handle);
        auto *object = std::get_if<std::shared_ptr<T>>(&found->second);
        require(object != nullptr, Code::bad_handle);
        return *object;
    }

    void free(int64_t handle);
    int64_t live() const;

    static Handles &all();

  private:
    using Object = std::variant<
        std::shared_ptr<Context>, std::shared_ptr<SecretKeyObject>, std::shared_ptr<PublicKeyObject>,
        std::shared_ptr<GaloisKeysObject>, std::shared_ptr<Ciphertexts>, std::shared_ptr<Tiles>,
        std::shared_ptr<Selectors>, std::shared_ptr<Products>>;

    mutable std::mutex lock_;
    std::unordered_map<int64_t, Object> objects_;
    int64_t last_ = 0;
};

} // namespace weir
