#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/io/sha256.hpp>

#include <string>

namespace xgrad::test {

/// The SHA-256 of arrays: of dtype, shape and all bytes. Every NaN counts as the same one: processors differ in the
/// sign and payload of those they make, and nothing that xgrad computes reads either.
class Digest {
 public:
  void add(const Array& array);
  std::string text() const { return hash_.hex_digest(); }

 private:
  Sha256 hash_;
};

/// A copy with one and the same NaN wherever there is any.
Array with_one_nan(Array array);

/// True when two arrays have one dtype, shape and bytes, every NaN being the same.
bool have_same_bits(const Array& left, const Array& right);

}  // namespace xgrad::test
