#include "handles.h"

namespace weir {

void Handles::free(int64_t handle) {
    Object last; // destroyed outside the lock: freeing gigabytes takes a while
    std::lock_guard<std::mutex> hold(lock_);
    auto found = objects_.find(handle);
    require(found != objects_.end(), Code::bad_handle);
    last.swap(found->second);
    objects_.erase(found);
}

int64_t Handles::live() const {
    std::lock_guard<std::mutex> hold(lock_);
    return static_cast<int64_t>(objects_.size());
}

Handles &Handles::all() {
    static Handles handles;
    return handles;
}

} // namespace weir
