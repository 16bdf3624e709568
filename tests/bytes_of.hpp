#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>
#include <string>

namespace xgrad::test {

/// What an array holds, to be compared byte for byte.
inline std::string bytes_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.bytes().data()), array.bytes().size()};
}

/// What all parameters hold.
inline std::string bytes_of(std::span<const Tensor> parameters) {
  std::string result;
  for (const auto& each : parameters) result += bytes_of(each.value());
  return result;
}

}  // namespace xgrad::test
