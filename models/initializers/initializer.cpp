#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/initializers/constant.hpp>
#include <xgrad/models/initializers/glorot_uniform.hpp>
#include <xgrad/models/initializers/initializer.hpp>
#include <xgrad/models/initializers/random_normal.hpp>
#include <xgrad/models/initializers/random_uniform.hpp>
#include <xgrad/models/named_choice.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace xgrad {
namespace {

struct NamedInitializer {
  std::string_view name;
  Initializer::Function function;
};

const auto& named_initializers() {
  static const std::array table{
      NamedInitializer{"glorot_uniform", glorot_uniform},
      NamedInitializer{"ones", ones},
      NamedInitializer{"random_normal", RandomNormal{}},
      NamedInitializer{"random_uniform", RandomUniform{}},
      NamedInitializer{"zeros", zeros},
  };
  return table;
}

}  // namespace

Initializer::Function Initializer::named(std::string_view name) {
  return choose("initializer", name, named_initializers()).function;
}

Initializer::Function Initializer::filled(double value) {
  return [value](const Shape& shape, std::uint64_t) {
    Array result(DType::float32, shape.extents());
    std::ranges::fill(result.data<float>(), static_cast<float>(value));
    return result;
  };
}

Array Initializer::operator()(const Shape& shape, std::uint64_t seed) const {
  auto value = function_(shape, seed);
  if (value.shape() != shape.extents()) {
    throw ShapeError(
        fmt::format("initializer: expected an array of shape {}, but got {}; return one of the shape that is passed in",
                    shape.to_string(), to_string(value.shape())));
  }
  return value;
}

}  // namespace xgrad
