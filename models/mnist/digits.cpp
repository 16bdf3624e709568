#include <xgrad/models/data/mnist.hpp>
#include <xgrad/models/data/synthetic_digits.hpp>
#include <xgrad/models/mnist/digits.hpp>

#include <fmt/format.h>

namespace mnist {

Digits load_digits(const std::optional<std::filesystem::path>& folder) {
  if (const auto found = folder ? folder : xgrad::find_mnist()) {
    return {xgrad::mnist(*found), true, fmt::format("Data: MNIST from {}", found->string())};
  }
  return {
      xgrad::synthetic_digits(), false,
      "Data: synthetic digits, because MNIST was not found. This is not MNIST; bash models/mnist/download.sh gets it."};
}

}  // namespace mnist
