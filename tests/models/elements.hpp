#pragma once

#include <xgrad/framework/core/array.hpp>

#include <vector>

namespace xgrad::test {

/// All elements in row-major order, whatever their dtype.
inline std::vector<double> elements(const Array& array) {
  const auto wide = array.cast(DType::float64);
  const auto data = wide.data<double>();
  return {data.begin(), data.end()};
}

}  // namespace xgrad::test
