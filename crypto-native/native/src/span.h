// A checked view of caller memory: every read of a direct buffer goes through one of these.
#pragma once

#include "failure.h"
#include <cstddef>
#include <cstdint>

namespace weir {

struct Bytes {
    uint8_t *data;
    size_t size;

    // The buffer as exactly `count` values of T; refuses another length or a misaligned start.
    template <class T>
    T *exactly(size_t count) const {
        require(count <= SIZE_MAX / sizeof(T) && size == count * sizeof(T), Code::bad_buffer);
        require(reinterpret_cast<uintptr_t>(data) % alignof(T) == 0, Code::bad_buffer);
        return reinterpret_cast<T *>(data);
    }

    // The buffer as a whole number of records of `each` values of T.
    template <class T>
    size_t records(size_t each) const {
        require(each > 0 && size % (each * sizeof(T)) == 0, Code::bad_buffer);
        return size / (each * sizeof(T));
    }
};

} // namespace weir
